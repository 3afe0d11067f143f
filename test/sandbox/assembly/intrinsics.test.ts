import { type Lookups, noValue, resolveIntrinsics } from '../../../sandbox/assembly/intrinsics.ts';

const lookups: Lookups = {
  ref: (name) => ({ 'AWS::Region': 'eu-central-1', 'AWS::NoValue': noValue, Queue: 'https://queue' })[name],
  attribute: (logicalId, attribute) =>
    `${logicalId}.${attribute}` === 'Queue.Arn' ? 'arn:queue' : undefined,
  mapping: (map, first, second) =>
    ({ 'Regions/eu-central-1/name': 'Frankfurt' })[[map, first, second].join('/')],
  condition: (name) => ({ InEurope: true, Elsewhere: false })[name],
};
const resolve = (value: unknown) =>
  resolveIntrinsics(value, lookups, { logicalId: 'Thing', type: 'AWS::X::Y' });

test.each([
  [{ Ref: 'AWS::Region' }, 'eu-central-1'],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:queue'],
  [{ 'Fn::GetAtt': 'Queue.Arn' }, 'arn:queue'],
  [{ 'Fn::Join': ['/', ['a', { Ref: 'Queue' }]] }, 'a/https://queue'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own notation
  [{ 'Fn::Sub': '${Queue} ${Queue.Arn} ${!Queue}' }, 'https://queue arn:queue ${Queue}'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own notation
  [{ 'Fn::Sub': ['${Own}!', { Own: { Ref: 'AWS::Region' } }] }, 'eu-central-1!'],
  [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [{ 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'name'] }, 'Frankfurt'],
  [{ 'Fn::If': ['InEurope', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['Elsewhere', 'yes', 'no'] }, 'no'],
  [{ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] }, true],
  [{ 'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }] }] }, false],
  [{ 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { 'Fn::Equals': ['a', 'a'] }] }, true],
  [
    { a: [{ Ref: 'Queue' }, { Ref: 'AWS::NoValue' }], b: { Ref: 'AWS::NoValue' }, c: null },
    { a: ['https://queue'], c: null },
  ],
  [
    { Ref: 'Queue', 'Fn::GetAtt': 'two keys are data' },
    { Ref: 'Queue', 'Fn::GetAtt': 'two keys are data' },
  ],
])('%j becomes %j', (value, resolved) => {
  expect(resolve(value)).toEqual(resolved);
});

test.each([
  [{ 'Fn::ImportValue': 'x' }, 'does not know the intrinsic Fn::ImportValue'],
  [{ a: { 'Fn::Base64': 'x' } }, 'does not know the intrinsic Fn::Base64'],
  [{ Ref: 'Nobody' }, 'Ref cannot be resolved: "Nobody"'],
  [{ 'Fn::GetAtt': ['Queue', 'Colour'] }, 'Fn::GetAtt cannot be resolved: ["Queue","Colour"]'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own notation
  [{ 'Fn::Sub': '${Nobody}' }, 'Fn::Sub cannot resolve ${Nobody}'],
  [{ 'Fn::Join': [',', 'not a list'] }, 'Fn::Join cannot be resolved'],
  [{ 'Fn::Select': [9, ['a']] }, 'Fn::Select cannot be resolved'],
  [{ 'Fn::If': ['Unknown', 'a', 'b'] }, 'Fn::If cannot be resolved'],
  [{ 'Fn::FindInMap': ['Regions', 'x', 'y'] }, 'Fn::FindInMap cannot be resolved'],
])('%j is an error that names the resource', (value, problem) => {
  expect(() => resolve(value)).toThrow(`Thing (AWS::X::Y): `);
  expect(() => resolve(value)).toThrow(problem);
});
