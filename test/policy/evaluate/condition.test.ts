// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the policy language look like that.

import { conditionHolds } from '../../../policy/evaluate/condition.ts';
import { baseOperators } from '../../../policy/language.ts';
import { condition, context } from './samples.ts';

const holds = (operator: string, values: readonly string[], found: string | readonly string[] | null) =>
  conditionHolds(
    condition(operator, 'the:Key', ...values),
    context(found === null ? {} : { 'The:key': found }),
    '2012-10-17',
  );

const arn = 'arn:aws:iam::111122223333:role/team/admin';

const table: [operator: string, values: string[], found: string, expected: boolean][] = [
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', ['a'], 'A', false],
  ['StringEquals', ['*'], 'a', false],
  ['StringNotEquals', ['a', 'b'], 'c', true],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringEqualsIgnoreCase', ['aB'], 'Ab', true],
  ['StringNotEqualsIgnoreCase', ['aB'], 'Ab', false],
  ['StringLike', ['a*c?'], 'abbcd', true],
  ['StringLike', ['a*'], 'A', false],
  ['StringNotLike', ['a*', 'b*'], 'bc', false],
  ['StringNotLike', ['a*', 'b*'], 'c', true],
  ['NumericEquals', ['10'], '10.0', true],
  ['NumericNotEquals', ['10', '11'], '11', false],
  ['NumericNotEquals', ['10', '11'], '12', true],
  ['NumericLessThan', ['9'], '10', false],
  ['NumericLessThan', ['100'], '99.5', true],
  ['NumericLessThanEquals', ['10'], '10', true],
  ['NumericGreaterThan', ['10'], '10', false],
  ['NumericGreaterThan', ['9'], '10', true],
  ['NumericGreaterThanEquals', ['-1'], '-1', true],
  ['NumericEquals', ['ten'], '10', false],
  ['NumericNotEquals', ['ten'], '10', false],
  ['DateEquals', ['2026-01-01T00:00:00Z'], '2026-01-01T01:00:00+01:00', true],
  ['DateEquals', ['2026-01-01'], '2026-01-01T00:00:00Z', true],
  ['DateEquals', ['1767225600'], '2026-01-01T00:00:00Z', true],
  ['DateNotEquals', ['2026-01-01T00:00:00Z'], '2026-01-01T00:00:00Z', false],
  ['DateLessThan', ['2026-01-02'], '2026-01-01T23:59:59Z', true],
  ['DateLessThanEquals', ['2026-01-02'], '2026-01-02', true],
  ['DateGreaterThan', ['2026-01-02'], '2026-01-02', false],
  ['DateGreaterThanEquals', ['2026-01-02'], '2026-01-02', true],
  ['DateGreaterThan', ['soon'], '2026-01-02', false],
  ['Bool', ['true'], 'True', true],
  ['Bool', ['TRUE', 'false'], 'false', true],
  ['Bool', ['true'], 'false', false],
  ['Bool', ['yes'], 'yes', false],
  ['BinaryEquals', ['QQ=='], 'QQ==', true],
  ['BinaryEquals', ['QQ=='], 'qq==', false],
  ['IpAddress', ['203.0.113.0/24'], '203.0.113.9', true],
  ['IpAddress', ['203.0.113.77/24'], '203.0.113.9', true],
  ['IpAddress', ['203.0.113.0/24'], '203.0.114.9', false],
  ['IpAddress', ['203.0.113.9'], '203.0.113.9', true],
  ['IpAddress', ['0.0.0.0/0'], '203.0.113.9', true],
  ['IpAddress', ['0.0.0.0/0'], '2001:db8::1', false],
  ['IpAddress', ['2001:db8::/32'], '2001:DB8:0:1::7', true],
  ['IpAddress', ['2001:db8::1'], '2001:db8:0:0:0:0:0:1', true],
  ['IpAddress', ['::ffff:203.0.113.9/128'], '::ffff:cb00:7109', true],
  ['IpAddress', ['2001:db8::/32'], '203.0.113.9', false],
  ['NotIpAddress', ['203.0.113.0/24', '198.51.100.0/24'], '198.51.100.3', false],
  ['NotIpAddress', ['203.0.113.0/24', '198.51.100.0/24'], '192.0.2.1', true],
  ['NotIpAddress', ['203.0.113.9'], '2001:db8::1', true],
  ['IpAddress', ['203.0.113.0/33'], '203.0.113.0', false],
  ['NotIpAddress', ['the office'], '203.0.113.0', false],
  ['ArnEquals', ['arn:aws:iam::*:role/*'], arn, true],
  ['ArnLike', ['arn:aws:iam::111122223333:role/team/?dmin'], arn, true],
  ['ArnLike', ['arn:*:role/team/admin'], arn, false],
  ['ArnLike', ['*'], arn, false],
  ['ArnLike', ['arn:aws:sns:*:*:a*'], 'arn:aws:sns:eu-west-1:111122223333:a:b:c', true],
  ['ArnNotEquals', [arn], arn, false],
  ['ArnNotLike', ['arn:aws:iam::*:user/*'], arn, true],
  ['ArnNotEquals', ['admin'], arn, true],
  ['Null', ['false'], 'a', true],
  ['Null', ['True'], 'a', false],
];

describe('each operator', () => {
  it.each(table)('%s %j on %s: %s', (operator, values, found, expected) => {
    expect(holds(operator, values, found)).toBe(expected);
  });

  it('is in the table', () => {
    expect(new Set(table.map(([operator]) => operator))).toEqual(new Set(baseOperators));
  });
});

describe('an absent key', () => {
  it.each<[operator: string, expected: boolean]>([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['NotIpAddress', true],
    ['NumericNotEquals', true],
    ['DateNotEquals', true],
    ['Bool', false],
    ['NumericLessThan', false],
    ['StringEqualsIfExists', true],
    ['BoolIfExists', true],
    ['StringNotEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', false],
  ])('%s: %s', (operator, expected) => {
    expect(holds(operator, ['1'], null)).toBe(expected);
    expect(holds(operator, ['1'], [])).toBe(expected);
  });

  it('is what Null asks for', () => {
    expect(holds('Null', ['true'], null)).toBe(true);
    expect(holds('Null', ['false'], null)).toBe(false);
    expect(holds('Null', ['false', 'true'], null)).toBe(true);
  });
});

describe('several values in the request', () => {
  it.each<[operator: string, values: string[], found: string[], expected: boolean]>([
    ['ForAnyValue:StringEquals', ['a', 'b'], ['b', 'c'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'd'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['b', 'c'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'b'], false],
    ['ForAllValues:StringNotLike', ['a*'], ['b', 'c'], true],
    ['ForAllValues:StringNotLike', ['a*'], ['b', 'ac'], false],
    ['StringEquals', ['a'], ['a', 'a'], false],
    ['StringNotEquals', ['a'], ['b', 'c'], false],
    ['StringEqualsIfExists', ['a'], ['a', 'b'], false],
  ])('%s %j on %j: %s', (operator, values, found, expected) => {
    expect(holds(operator, values, found)).toBe(expected);
  });

  it('is what a key of lists has even where there is one', () => {
    const paths = context({ 'aws:PrincipalOrgPaths': ['o-1/r-1/'] });
    const one = (operator: string) =>
      conditionHolds(condition(operator, 'aws:PrincipalOrgPaths', 'o-1/r-1/'), paths, '2012-10-17');
    expect([one('StringEquals'), one('StringNotEquals'), one('ForAnyValue:StringEquals')]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('variables', () => {
  const whole = context({
    'aws:username': 'a*e',
    'aws:PrincipalTag/Cost Center': '7',
    'aws:TagKeys': ['x', 'y'],
    'aws:PrincipalAccount': '111122223333',
    name: 'a*e',
    plain: 'axe',
    tag: '7',
    arn: 'arn:aws:iam::111122223333:user/a*e',
    similar: 'arn:aws:iam::111122223333:user/axe',
  });

  it.each<[operator: string, key: string, value: string, expected: boolean]>([
    ['StringEquals', 'name', '${aws:UserName}', true],
    ['StringLike', 'name', '${aws:username}', true],
    ['StringLike', 'plain', '${aws:username}', false],
    ['StringLike', 'plain', 'a*e', true],
    ['StringLike', 'plain', 'a${*}e', false],
    ['StringLike', 'name', 'a${*}?', true],
    ['StringEquals', 'name', 'a${*}e', true],
    ['StringEquals', 'tag', '${aws:PrincipalTag/Cost Center}', true],
    ['StringEquals', 'tag', "${aws:PrincipalTag/absent, '7'}", true],
    ['StringEquals', 'tag', "${aws:PrincipalTag/Cost Center, '8'}", true],
    ['StringEquals', 'tag', '${aws:PrincipalTag/absent}', false],
    ['StringNotEquals', 'tag', '${aws:PrincipalTag/absent}', true],
    ['StringNotLike', 'tag', '${aws:PrincipalTag/absent}*', true],
    ['StringEquals', 'tag', '${aws:TagKeys}', false],
    ['ArnEquals', 'arn', 'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}', true],
    ['ArnEquals', 'similar', 'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}', false],
    ['StringEquals', 'tag', '${aws:username', false],
  ])('%s of %s and %s: %s', (operator, key, value, expected) => {
    expect(conditionHolds(condition(operator, key, value), whole, '2012-10-17')).toBe(expected);
  });

  it('are plain text before 2012-10-17', () => {
    const literal = context({ key: '${aws:username}', 'aws:username': 'alice' });
    const equals = condition('StringEquals', 'key', '${aws:username}');
    expect(conditionHolds(equals, literal, '2008-10-17')).toBe(true);
    expect(conditionHolds(equals, literal, '2012-10-17')).toBe(false);
  });
});
