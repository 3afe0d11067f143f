import { canonicalJson } from '../../../contract/canonical-json.ts';
import { type Claim, proveRepair } from '../../../policy/repair/prove.ts';
import type { Origin } from '../../../policy/repair/rewrite.ts';
import { bucketActions } from '../../../policy/service/actions.ts';
import {
  account,
  allow,
  bucket,
  deny,
  denyQueue,
  document,
  owned,
  partner,
  pipeline,
  policyOf,
  queue,
  type Written,
} from './samples.ts';

const policyActions = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
const queueActions = [
  'sqs:SetQueueAttributes',
  'sqs:GetQueueAttributes',
  'sqs:AddPermission',
  'sqs:RemovePermission',
];
const everyOther = () => bucketActions.filter((action) => !policyActions.includes(action));
const { Action: _, ...otherwise } = deny();
const narrowed: Written = { ...otherwise, NotAction: policyActions };
const guard: Written = {
  ...deny({ Sid: 'Guard', Action: policyActions }),
  Condition: { StringNotEquals: { 'aws:PrincipalArn': pipeline, 'aws:PrincipalAccount': account } },
};

const kept = (index: number): Origin => ({ kind: 'statement', index });
const guardFor = (index: number): Origin => ({ kind: 'guard', index });

/** What the proof says of the document that these statements would make of the others. */
function proof(before: readonly Written[], after: readonly Written[], origins: readonly Origin[]) {
  const claim: Claim = { text: JSON.stringify(document(...after)), origins };
  const result = proveRepair(policyOf(document(...before)), claim, owned('s3'));
  return result.proven ? 'proven' : result.why;
}

/** The same for one statement and what becomes of it. */
const becoming = (before: Written, after: Written) => proof([before], [after], [kept(0)]);

test('what a repair does is proven', () => {
  expect(becoming(deny(), narrowed)).toBe('proven');
  expect(proof([allow(), deny()], [allow(), narrowed, guard], [kept(0), kept(1), guardFor(1)])).toBe(
    'proven',
  );
  const only = deny({ Action: policyActions });
  expect(proof([allow(), only], [allow(), guard], [kept(0), guardFor(1)])).toBe('proven');
  const objects = deny({ Sid: 'Objects', Action: 's3:GetObject' });
  expect(proof([only, objects], [objects], [kept(1)])).toBe('proven');
});

test('so is the order in which S3 gives a document back', () => {
  expect(becoming(deny(), { ...narrowed, Resource: [`${bucket}/*`, bucket] })).toBe('proven');
});

describe('a document is not proven', () => {
  test.each([
    ['no JSON', '{'],
    ['no policy', '{"Version":"2012-10-17","Statement":[]}'],
    ['a policy with a member there twice', '{"Statement":[],"Statement":[]}'],
  ])('that is %s', (_what, text) => {
    const result = proveRepair(policyOf(document(deny())), { text, origins: [kept(0)] }, owned('s3'));
    expect(result).toEqual({ proven: false, why: 'the changed document is no policy that AWS takes' });
  });

  test.each([
    ['another version', { Version: '2008-10-17' }],
    ['another id', { Id: 'other' }],
  ])('that has %s', (_what, members) => {
    const text = JSON.stringify({ ...document(narrowed), ...members });
    const result = proveRepair(policyOf(document(deny())), { text, origins: [kept(0)] }, owned('s3'));
    expect(result).toMatchObject({ why: 'more than statements would change' });
  });

  test.each([
    ['are too few', [narrowed, guard], [kept(0)]],
    ['are too many', [narrowed], [kept(0), guardFor(0)]],
    ['are twice the same', [narrowed, { ...narrowed, Sid: 'Again' }], [kept(0), kept(0)]],
    ['are in another order', [allow(), narrowed], [kept(1), kept(0)]],
    ['are of nowhere', [narrowed, guard], [kept(0), guardFor(2)]],
  ])('whose origins %s', (_what, after, origins) => {
    expect(proof([deny(), allow()], after, origins)).toBe('a statement would come from nowhere');
  });

  test.each([
    ['a principal', { Principal: { AWS: account } }],
    ['NotPrincipal in the place of Principal', { Principal: undefined, NotPrincipal: { AWS: pipeline } }],
    ['a resource', { Resource: [bucket] }],
    ['NotResource', { Resource: undefined, NotResource: 'arn:aws:s3:::other' }],
    ['a condition', { Condition: {} }],
    ['a further condition', { Condition: { ...(guard.Condition as object) } }],
    ['the effect', { Effect: 'Allow' }],
    ['the Sid', { Sid: 'Other' }],
  ])('in which the Deny has changed %s', (_what, members) => {
    expect(becoming(deny(), JSON.parse(JSON.stringify({ ...narrowed, ...members })))).toBe(
      'Statement[0] would change in more than its actions',
    );
  });

  test.each([
    ['an Allow is gone', [narrowed], [kept(1)]],
    ['an Allow grants more', [allow({ Action: '*' }), narrowed], [kept(0), kept(1)]],
    ['an Allow grants to others', [allow({ Principal: '*' }), narrowed], [kept(0), kept(1)]],
  ])('in which %s', (_what, after, origins) => {
    const before = [allow({ Action: 's3:GetObject', Resource: `${bucket}/*` }), deny()];
    expect(proof(before, after, origins)).toBe('Statement[0] is no Deny, and would change');
  });

  test.each([
    ['another name is left out', { NotAction: [...policyActions, 's3:GetObject'] }],
    ['a pattern is left out', { NotAction: [...policyActions, 's3:*Acl'] }],
    ['all are left out', { NotAction: 's3:*' }],
    ['one action is left', { Action: 's3:GetObject' }],
  ])('that lets in to more: of everything %s', (_what, actions) => {
    expect(becoming(deny(), { ...otherwise, ...actions })).toBe(
      'Statement[0] would let in to more than policy administration',
    );
  });

  test('that lets in to what AWS will add, where everything was denied', () => {
    const all = proof(
      [deny({ Resource: bucket })],
      [{ ...deny({ Resource: bucket }), Action: everyOther() }],
      [kept(0)],
    );
    expect(all).toBe('Statement[0] would cover other actions than before');
    const asPatterns = [
      's3:A*',
      's3:C*',
      's3:L*',
      's3:R*',
      's3:U*',
      's3:B*',
      's3:I*',
      's3:O*',
      's3:PutBucketA*',
    ];
    expect(
      becoming(deny({ Resource: bucket }), {
        ...deny({ Resource: bucket }),
        Action: [...everyOther(), ...asPatterns],
      }),
    ).toBe('Statement[0] would cover other actions than before');
  });

  test.each([
    ['a NotAction no longer has what it had', { NotAction: policyActions }],
    ['a NotAction became an Action', { Action: 's3:ListBucket' }],
  ])('that shuts out of more or less: %s', (_what, actions) => {
    expect(becoming({ ...otherwise, NotAction: ['s3:GetObject'] }, { ...otherwise, ...actions })).toMatch(
      /would (cover other actions than before|let in to more)/,
    );
  });

  test.each([
    ['a name that was not there', ['s3:PutBucketAcl', 's3:GetObject']],
    ['a pattern for more', ['s3:PutBucketAcl*']],
  ])('that shuts out of more: a list has %s', (_what, after) => {
    const before = deny({ Action: ['s3:PutBucketPolicy', 's3:PutBucketAcl'] });
    expect(becoming(before, { ...before, Action: after })).toBe(
      'Statement[0] would cover other actions than before',
    );
  });

  test('that turns a list round', () => {
    const why = 'Statement[0] would cover other actions than before';
    const name = deny({ Action: 's3:PutBucketPolicy' });
    expect(becoming(name, { ...otherwise, NotAction: 's3:PutBucketPolicy' })).toBe(why);
    const names = [...everyOther(), 's3:GetBucketPolicy'];
    const { Action: __, ...onBucket } = deny({ Resource: bucket });
    expect(becoming({ ...onBucket, NotAction: names.slice(0, -1) }, { ...onBucket, Action: names })).toBe(
      why,
    );
  });

  test('that lets in to what AWS may add: a name that nobody knows is left out', () => {
    const more = { ...otherwise, NotAction: [...policyActions, 's3:NotYetKnown'] };
    expect(becoming(deny(), more)).toBe('Statement[0] would cover other actions than before');
  });

  test('that shuts out of more: a star in the place of one character', () => {
    const before = deny({ Action: ['s3:PutBucketPolicy', 's3:PutBucketAc?'] });
    expect(becoming(before, { ...before, Action: ['s3:PutBucketAc?', 's3:PutBucketAc*'] })).toBe(
      'Statement[0] would cover other actions than before',
    );
  });

  test('that lets in to more: a list has lost what is no administration', () => {
    const before = deny({ Action: ['s3:PutBucketPolicy', 's3:PutBucketAcl', 's3:NotYetKnown'] });
    expect(becoming(before, { ...before, Action: ['s3:NotYetKnown'] })).toMatch('let in to more');
    expect(becoming(before, { ...before, Action: ['s3:PutBucketAcl'] })).toMatch('cover other actions');
  });

  test('that lets in to more: a Deny of other things is gone', () => {
    const objects = deny({ Sid: 'Objects', Action: 's3:GetObject' });
    expect(proof([deny(), objects], [narrowed], [kept(0)])).toMatch('Statement[1] would let in to more');
    expect(proof([deny(), objects], [objects], [kept(1)])).toMatch('Statement[0] would let in to more');
  });

  test('that lets in outsiders whom the Deny kept out', () => {
    const why = "others than the account's own principals would be let in by Statement[1]";
    expect(proof([allow(), deny()], [allow(), narrowed], [kept(0), kept(1)])).toBe(why);
    const part = { ...guard, Action: ['s3:GetBucketPolicy', 's3:DeleteBucketPolicy'] };
    expect(proof([allow(), deny()], [allow(), narrowed, part], [kept(0), kept(1), guardFor(1)])).toBe(why);
    const only = deny({ Action: policyActions });
    const objects = deny({ Sid: 'Objects', Action: 's3:GetObject' });
    expect(proof([allow(), only, objects], [allow(), objects], [kept(0), kept(2)])).toBe(why);
  });

  const conditions = (block: unknown) => ({ Condition: block });
  const own = { 'aws:PrincipalArn': pipeline };
  test.each([
    ['has the effect Allow', { Effect: 'Allow' }],
    ['is for fewer', { Principal: { AWS: partner } }],
    ['is on less', { Resource: bucket }],
    ['is on more', { Resource: '*' }],
    ['denies what it need not', { Action: [...policyActions, 's3:GetObject'] }],
    ['denies by a pattern', { Action: ['s3:*BucketPolicy'] }],
    ['denies all but some', { Action: undefined, NotAction: policyActions }],
    ['has no Sid', { Sid: undefined }],
    ['has the Sid of another', { Sid: 'Partner' }],
    ['is for the account too', conditions({ StringNotEquals: own })],
    ['is for another account', conditions({ StringNotEquals: { ...own, 'aws:PrincipalAccount': partner } })],
    [
      'is for outsiders without the condition that was there',
      conditions({ StringNotEquals: { 'aws:PrincipalAccount': account } }),
    ],
    [
      'spares another account too',
      conditions({ StringNotEquals: { ...own, 'aws:PrincipalAccount': [account, partner] } }),
    ],
    [
      'spares who has no account',
      conditions({
        StringNotEquals: own,
        'ForAnyValue:StringNotEquals': { 'aws:PrincipalAccount': account },
      }),
    ],
    [
      'compares with a pattern',
      conditions({ StringNotEquals: own, StringNotLike: { 'aws:PrincipalAccount': account } }),
    ],
    [
      'has one condition more',
      conditions({
        StringNotEquals: { ...own, 'aws:PrincipalAccount': account },
        Bool: { 'aws:SecureTransport': 'true' },
      }),
    ],
    [
      'has another value',
      conditions({ StringNotEquals: { 'aws:PrincipalArn': '*', 'aws:PrincipalAccount': account } }),
    ],
  ])('in which what keeps outsiders out %s', (_what, members) => {
    const instead = JSON.parse(JSON.stringify({ ...guard, ...members }));
    expect(proof([allow(), deny()], [allow(), narrowed, instead], [kept(0), kept(1), guardFor(1)])).toBe(
      'what would be put in for Statement[1] is more than a part of it',
    );
  });

  test('in which what keeps outsiders out denies them more than was denied', () => {
    const before = [allow(), deny({ Action: ['s3:PutBucketPolicy', 's3:PutBucketAcl'] })];
    const after = [allow(), deny({ Action: ['s3:PutBucketAcl'] }), guard];
    expect(proof(before, after, [kept(0), kept(1), guardFor(1)])).toBe(
      'what would be put in for Statement[1] is more than a part of it',
    );
  });

  test('in which principals of the account are still shut out', () => {
    const two = [narrowed, deny({ Sid: 'Two' })];
    expect(proof([deny(), deny({ Sid: 'Two' })], two, [kept(0), kept(1)])).toBe(
      'principals of the account would still be shut out of s3:GetBucketPolicy',
    );
    const some = { ...otherwise, NotAction: ['s3:GetBucketPolicy', 's3:PutBucketPolicy'] };
    expect(becoming(deny(), some)).toMatch('still be shut out of s3:DeleteBucketPolicy');
  });

  test('that is larger than it was and than the service takes', () => {
    const grown = (count: number) =>
      Array.from({ length: count }, (__, n) =>
        deny({ Sid: `S${n}`, Action: 'sqs:SendMessage', Resource: queue }),
      );
    const prove = (count: number) => {
      const before = document(
        denyQueue({ Action: ['sqs:SetQueueAttributes', 'sqs:TagQueue'] }),
        ...grown(count),
      );
      const after = document(denyQueue({ Action: ['sqs:TagQueue'] }), ...grown(count));
      const origins = after.Statement.map((___, index) => kept(index));
      return proveRepair(policyOf(before, 'sqs'), { text: JSON.stringify(after), origins }, owned('sqs'));
    };
    // What AWS has taken once, be it by a raised quota, it takes again.
    expect([prove(3), prove(30)]).toEqual([{ proven: true }, { proven: true }]);
    const before = document(denyQueue(), allow({ Action: 'sqs:*', Resource: queue }), ...grown(18));
    const { Action: __, ...rest } = denyQueue();
    const after = document(
      { ...rest, NotAction: queueActions },
      { ...guard, Action: queueActions, Resource: queue },
      allow({ Action: 'sqs:*', Resource: queue }),
      ...grown(18),
    );
    const origins = [kept(0), guardFor(0), ...before.Statement.slice(1).map((___, index) => kept(index + 1))];
    expect(
      proveRepair(policyOf(before, 'sqs'), { text: canonicalJson(after), origins }, owned('sqs')),
    ).toEqual({
      proven: false,
      why: 'it would have 21 statements, and SQS takes 20',
    });
  });
});
