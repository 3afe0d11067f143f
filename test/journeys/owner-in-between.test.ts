import type { Answer } from '../../sandbox/scenario/answer.ts';
import { expectDeclaredDeletions, expectIntactChains } from './faults/expect-right.ts';
import type { Fault } from './faults/lane-calls.ts';
import {
  account,
  approval,
  bucketName,
  callsOf,
  endings,
  expectToldOnce,
  lockOut,
  policyAtTheEnd,
  send,
  story,
} from './given.ts';
import { runStory } from './run-story.ts';

const repaired = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ],
};

/** The run dies when it sends the deletion; 30 seconds later, before its retry, somebody puts a policy. */
function ownerPuts(policy: Record<string, unknown>, when: Fault['when'], effect: Fault['effect'] = 'crash') {
  const faults: Fault[] = [{ service: 's3', operation: 'DeleteBucketPolicy', when, effect, times: 1 }];
  const put = { putBucketPolicy: { accountId: account, bucketName, policy } };
  return runStory(story([send(approval(), { settleFor: 'PT30S' }), put], { faults }));
}

function expectLeftAlone(answer: Answer, code: string) {
  expect(endings(answer)).toMatchObject([{ ending: 'superseded', code }]);
  expectIntactChains(answer);
  expectDeclaredDeletions(answer);
  expectToldOnce(answer);
  expect(answer.deadLetters).toEqual([]);
}

describe('the owner puts a new policy between a run that failed and its retry', () => {
  it.each([
    ['it died before the deletion', 'before', 'crash'],
    ['it died after the deletion', 'after', 'crash'],
    ['it had no answer, and nothing was done', 'before', 'timeout'],
    ['it had no answer, and it was done', 'after', 'timeout'],
  ] as const)('%s: the new policy is left alone', async (_, when, effect) => {
    const answer = await ownerPuts(repaired, when, effect);

    expect(policyAtTheEnd(answer)).toEqual(repaired);
    expectLeftAlone(answer, 'target-changed');
    expect(answer.calls.filter(({ operation }) => operation === 'DeleteBucketPolicy')).toHaveLength(1);
  });
});

describe('the same policy is back between a run that died after the deletion and its retry', () => {
  it('it is what the attempt recorded, so the retry looks twice, declares itself and deletes it', async () => {
    const answer = await ownerPuts(lockOut(), 'after');

    expect(policyAtTheEnd(answer)).toBeNull();
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(answer.trail.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['approved', undefined],
      ['acting', 1],
      ['acting', 2],
      ['ended', undefined],
    ]);
    expectIntactChains(answer);
    expectDeclaredDeletions(answer);
    expectToldOnce(answer);
  });

  it('even when S3 words it otherwise: it is the same policy in another order', async () => {
    const [statement] = lockOut().Statement;
    const reworded = {
      Statement: [{ ...statement, Resource: statement?.Resource.toReversed(), Action: ['s3:*'] }],
      Version: '2012-10-17',
    };
    const answer = await ownerPuts(reworded, 'after');

    expect(policyAtTheEnd(answer)).toBeNull();
    expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
  });
});

describe('a retry believes what its first attempt recorded only when two reads apart say so', () => {
  it('the reads lie as far apart as S3 may be late', async () => {
    const faults: Fault[] = [
      { service: 's3', operation: 'DeleteBucketPolicy', when: 'before', effect: 'crash', times: 1 },
    ];
    const answer = await runStory(story([send(approval())], { faults }));

    const s3 = answer.calls.filter(({ service }) => service === 's3');
    const retry = s3.slice(s3.findLastIndex(({ operation }) => operation === 'ListBuckets') + 1);
    expect(retry.map(({ operation }) => operation)).toEqual([
      'GetBucketPolicy',
      'GetBucketPolicy',
      'DeleteBucketPolicy',
      'GetBucketPolicy',
    ]);
    const [first, second] = retry.map(({ at }) => Date.parse(at));
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(5_000);
  });
});

describe('another ticket on the same bucket comes between a run that failed and its retry', () => {
  // Two runs die, at once and after a minute; the third comes after three. In between another ticket waits for the
  // turn of the second to lapse, unlocks the bucket, and a pipeline puts the same policy back.
  const other = approval({
    ticket: { system: 'jira', id: 'SEC-5678', url: 'https://acme.example/browse/SEC-5678' },
    approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:01:00Z' }],
  });
  const endingsByTicket = (answer: Answer) => ({
    ofFirst: endings(answer).filter(({ requestId }) => requestId.startsWith('jira/sec-1234/')),
    ofOther: endings(answer).filter(({ requestId }) => requestId.startsWith('jira/sec-5678/')),
  });
  const put = (policy: Record<string, unknown>) => ({
    putBucketPolicy: { accountId: account, bucketName, policy },
  });

  it('the retry, whose approval is for a state that is gone, leaves the bucket alone', async () => {
    const faults: Fault[] = [
      { service: 'sts', operation: 'AssumeRoot', when: 'before', effect: 'crash', times: 2 },
    ];
    const steps = [
      send(approval(), { settleFor: 'PT90S' }),
      send(other, { settleFor: 'PT90S' }),
      put(lockOut()),
    ];
    const answer = await runStory(story(steps, { faults }));

    const { ofFirst, ofOther } = endingsByTicket(answer);
    expect(ofOther).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(ofFirst).toMatchObject([{ ending: 'superseded', code: 'newer-request' }]);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
    expectIntactChains(answer);
    expectToldOnce(answer);
  });

  it('even when the first run had declared itself, and the same policy is back', async () => {
    const faults: Fault[] = [
      { service: 's3', operation: 'DeleteBucketPolicy', when: 'before', effect: 'crash', times: 1 },
      { service: 'sts', operation: 'AssumeRoot', when: 'before', effect: 'crash', times: 1, skip: 1 },
    ];
    const steps = [
      send(approval(), { settleFor: 'PT90S' }),
      send(other, { settleFor: 'PT90S' }),
      put(lockOut()),
    ];
    const answer = await runStory(story(steps, { faults }));

    const { ofFirst, ofOther } = endingsByTicket(answer);
    expect(ofOther).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(ofFirst).toMatchObject([{ ending: 'superseded', code: 'target-changed' }]);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
    expectIntactChains(answer);
    expectToldOnce(answer);
  });
});
