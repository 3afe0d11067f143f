import type { EndedEntry } from '../../../contract/trail-entry.ts';
import { endingMessage } from '../../../lambdas/announce/message.ts';
import { outcomeOf } from '../../../lambdas/announce/outcome.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { restoring } from '../../../lambdas/root-task/policies/restoring.ts';
import { documentOf, GivenBucket } from '../given/bucket.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent } from '../given/request.ts';

/** Whatever a policy says that is nobody's business: no message and no outcome event may have it. */
const values = {
  role: 'MARKERROLE',
  condition: 'MARKERCONDITION',
  resource: 'MARKERRESOURCE',
  partner: '909090909090',
};
const sid = 'MARKERSID';
const account = '156041421443';
const bucket = 'arn:aws:s3:::project-prod-1';

const lock = {
  Sid: sid,
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucket, `${bucket}/${values.resource}/*`],
};
const unless = (arn: string) => ({ StringNotEquals: { 'aws:PrincipalArn': arn } });
const partner = {
  Sid: `${sid}2`,
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${values.partner}:role/${values.role}` },
  Action: 's3:*',
  Resource: [bucket, `${bucket}/${values.resource}/*`],
};

const policies: Readonly<Record<string, string>> = {
  'but a role': documentOf(
    { ...lock, Condition: unless(`arn:aws:iam::${account}:role/${values.role}`) },
    partner,
  ),
  everybody: documentOf(lock, partner),
  'but a network': documentOf({
    ...lock,
    Condition: { StringNotEquals: { 'aws:SourceVpce': values.condition } },
  }),
  'but principals in NotPrincipal': documentOf({
    ...lock,
    Principal: undefined,
    NotPrincipal: { AWS: `arn:aws:iam::${account}:role/${values.role}` },
  }),
  'but a tag': documentOf({
    ...lock,
    Condition: { StringNotLike: { 'aws:PrincipalTag/team': values.condition } },
  }),
  'one role': documentOf({ ...lock, Principal: { AWS: `arn:aws:iam::${account}:role/${values.role}` } }),
  nobody: documentOf({ ...partner }),
  'everybody, and nothing else': documentOf({
    ...lock,
    Action: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
  }),
  'who knows, being malformed': documentOf(
    { ...lock, Principal: { AWS: values.role }, Condition: { [values.condition]: { [values.role]: 'x' } } },
    { ...lock, Resource: values.resource, [values.condition]: 1 },
  ),
};

/** What comes of an approval, and of one that puts back what it took away. */
async function endings(policy: string, changes: Record<string, unknown>): Promise<EndedEntry[]> {
  const given = new GivenLane();
  const unlock = new GivenBucket(given);
  unlock.policy = policy;
  const receipt = await carryOut(givenEvent(changes), unlock.task, given.lane);
  given.time += 60_000;
  const restore = new GivenBucket(given, undefined, restoring);
  restore.policy = unlock.policy;
  const restoreEvent = {
    time: new Date(given.time).toISOString(),
    'detail.task': 'restore-s3-bucket-policy',
    'detail.ticket.id': 'SEC-9',
    'detail.approvals.0.approvedAt': '2026-11-20T10:00:30Z',
    'detail.earlierRequest': receipt?.requestId,
    'detail.dryRun': changes['detail.dryRun'] ?? false,
  };
  await carryOut(givenEvent(restoreEvent), restore.task, given.lane);
  return given.table.entries.filter((entry): entry is EndedEntry => entry.kind === 'ended');
}

const rendered = (entry: EndedEntry) => JSON.stringify([endingMessage(entry, null), outcomeOf(entry)]);

const approvals: [string, Record<string, unknown>][] = [
  ['a removal', {}],
  ['a removal, whoever is locked out', { 'detail.evenIfNotLocked': true }],
  ['a repair', { 'detail.remedy': 'repair' }],
  ['a repair, whoever is locked out', { 'detail.remedy': 'repair', 'detail.evenIfNotLocked': true }],
  ['an approval of another policy', { 'detail.policySha256': 'a'.repeat(64) }],
  ['an approval of another repair', { 'detail.remedy': 'repair', 'detail.replacement': 'a'.repeat(64) }],
];
const cases = Object.entries(policies).flatMap(([who, policy]) =>
  approvals.map(([what, changes]) => [what, who, policy, changes] as const),
);

const codes = new Set<string>();

describe.each(cases)('%s of a policy that locks out %s', (_what, _who, policy, changes) => {
  it('is told without a value of the policy', async () => {
    for (const entry of await endings(policy, changes)) {
      codes.add(entry.code);
      for (const value of Object.values(values)) expect(rendered(entry)).not.toContain(value);
    }
  });

  it('is rehearsed without a Sid, either', async () => {
    const rehearsals = await endings(policy, { ...changes, 'detail.dryRun': true });
    expect(rehearsals).toHaveLength(2);
    for (const entry of rehearsals) {
      codes.add(entry.code);
      expect(entry.ending).toBe('rehearsed');
      for (const value of [...Object.values(values), sid, 'Statement'])
        expect(rendered(entry)).not.toContain(value);
    }
  });

  it('is told in words that can be read at night', async () => {
    for (const dryRun of [false, true]) {
      for (const { remedy, summary } of await endings(policy, { ...changes, 'detail.dryRun': dryRun })) {
        expect(summary.length).toBeLessThan(620);
        expect((remedy ?? '').length).toBeLessThan(720);
        expect(`${summary} ${remedy ?? ''}`).not.toMatch(
          /undefined|null|\[object|\.\.|\b(the|a|an) (the|a|an)\b/,
        );
      }
    }
  });
});

it('went through every ending that tells of a diagnosis', () => {
  expect([...codes].sort()).toEqual(
    expect.arrayContaining([
      'no-safe-repair',
      'nobody-locked-out',
      'nothing-to-restore',
      'policy-not-as-approved',
      'repaired',
      'replacement-not-as-approved',
      'restored',
      'unlocked',
      'would-lock-out',
      'would-not-act',
      'would-repair',
      'would-unlock',
    ]),
  );
});
