import fc from 'fast-check';
import { noPolicy, policyStateOf, samePolicy } from '../../lambdas/resource-policy.ts';
import { canonicalPolicy } from '../../policy/canonical.ts';

const statement = {
  Sid: 'One',
  Effect: 'Deny',
  Principal: { AWS: ['arn:aws:iam::111122223333:role/a', 'arn:aws:iam::111122223333:role/b'] },
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
  Condition: { StringNotEquals: { 'aws:PrincipalArn': ['x', 'y'] } },
};
const policy = (change: object = {}) =>
  policyStateOf(JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...change }] }));

const deleted = { AWS: ['AIDAEXAMPLEAIDAEXAMPL', 'arn:aws:iam::111122223333:role/b'] };

describe('two policies', () => {
  it.each<[string, object, object]>([
    ['principals in another order', {}, { Principal: { AWS: statement.Principal.AWS.toReversed() } }],
    ['a lone principal and a list of one', { Principal: { AWS: 'a' } }, { Principal: { AWS: ['a'] } }],
    ['a lone action and a list of one', { Action: 's3:*' }, { Action: ['s3:*'] }],
    ['actions in another order', {}, { Action: statement.Action.toReversed() }],
    ['an action twice', { Action: ['a', 'b'] }, { Action: ['b', 'a', 'b'] }],
    ['resources in another order', {}, { Resource: statement.Resource.toReversed() }],
    [
      'condition values in another order',
      {},
      { Condition: { StringNotEquals: { 'aws:PrincipalArn': ['y', 'x'] } } },
    ],
    [
      'NotPrincipal in another order',
      { NotPrincipal: { AWS: ['a', 'b'] } },
      { NotPrincipal: { AWS: ['b', 'a'] } },
    ],
    [
      'an account, which S3 gives back as its root user',
      { Principal: { AWS: ['111122223333', 'a'] } },
      { Principal: { AWS: ['a', 'arn:aws:iam::111122223333:root'] } },
    ],
    ['a number and its text', { Condition: { Op: { k: [1, 2] } } }, { Condition: { Op: { k: ['2', '1'] } } }],
    ['a boolean and its text', { Condition: { Op: { k: true } } }, { Condition: { Op: { k: ['true'] } } }],
    [
      'NotAction and NotResource',
      { NotAction: 'a', NotResource: 'b' },
      { NotAction: ['a'], NotResource: ['b'] },
    ],
  ])('are the same with %s', (_, one, other) => {
    expect(samePolicy(policy(one), policy(other))).toBe(true);
  });

  it.each<[string, object]>([
    ['a deleted principal, which S3 gives back as its id', { Principal: deleted }],
    [
      'the root user of an account as a service',
      { Principal: { Service: 'arn:aws:iam::111122223333:root' } },
    ],
    ['an action less', { Action: ['s3:GetObject'] }],
    ['an action in capitals', { Action: ['s3:getobject', 's3:PutObject'] }],
    ['everybody', { Principal: '*' }],
    ['another effect', { Effect: 'Allow' }],
    ['another statement id', { Sid: 'Two' }],
    ['another condition operator', { Condition: { StringEquals: { 'aws:PrincipalArn': ['x', 'y'] } } }],
    ['another condition value', { Condition: { StringNotEquals: { 'aws:PrincipalArn': ['x', 'z'] } } }],
  ])('differ with %s', (_, change) => {
    expect(samePolicy(policy(), policy(change))).toBe(false);
  });

  it('are the same with a lone statement and a list of one', () => {
    const of = (Statement: unknown) => canonicalPolicy(JSON.stringify({ Version: '2012-10-17', Statement }));
    expect(of(statement)).toBe(of([statement]));
  });

  it('differ where their statements are in another order: nothing says that S3 reorders them', () => {
    const of = (...Statement: unknown[]) => canonicalPolicy(JSON.stringify({ Statement }));
    expect(of(statement, { Sid: 'Two' })).not.toBe(of({ Sid: 'Two' }, statement));
  });

  it('never differ by the order of a set or of keys', () => {
    const set = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 6 });
    const shuffled = set.chain((members) =>
      fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
    );
    fc.assert(
      fc.property(shuffled, shuffled, shuffled, ([p, p2], [a, a2], [c, c2]) => {
        const one = policy({ Principal: { AWS: p, Service: a }, Action: a, Condition: { Op: { k: c } } });
        const other = policy({
          Condition: { Op: { k: c2 } },
          Action: a2,
          Principal: { Service: a2, AWS: p2 },
        });
        expect(other.sha256).toBe(one.sha256);
      }),
    );
  });
});

describe('the state of a policy', () => {
  it('keeps the text as it came', () => {
    const text = ' {"Statement":[]}\n';
    expect(policyStateOf(text)).toEqual({ policy: text, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('of none is no policy, which no policy equals', () => {
    expect(policyStateOf(null)).toEqual(noPolicy);
    expect(samePolicy(noPolicy, policyStateOf('{}'))).toBe(false);
  });

  it.each(['', 'null', '[]', '"text"', '{', '1'])('cannot be told of %j', (text) => {
    expect(() => policyStateOf(text)).toThrow(SyntaxError);
  });
});
