import {
  account,
  approval,
  bucketName,
  callsOf,
  endings,
  expectNothingOpened,
  expectToldOnce,
  lockOut,
  policyAtTheEnd,
  send,
  story,
} from './given.ts';
import { runStory } from './run-story.ts';

const approvedAt = '2026-11-20T09:58:00Z';
const ticket = { system: 'jira', id: 'SEC-1234', url: 'https://acme.example/browse/SEC-1234' };
const lockedAgain = { putBucketPolicy: { accountId: account, bucketName, policy: lockOut() } };

/** One chain, one unlock, one ending, told once. */
async function expectOneEffect(steps: Parameters<typeof story>[0], more?: Parameters<typeof story>[1]) {
  const answer = await runStory(story(steps, more));
  expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
  expect(endings(answer).filter(({ ending }) => ending === 'succeeded')).toHaveLength(1);
  expect(answer.deadLetters).toEqual([]);
  expectToldOnce(answer);
  return answer;
}

describe('an approval takes effect once', () => {
  it('when it is delivered 50 times at once', async () => {
    const answer = await expectOneEffect([send(approval(), { deliveries: 50 })]);

    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
    expect(answer.trail).toHaveLength(3);
  });

  it('when its ticket system sends it again, and the bucket is locked again', async () => {
    const answer = await expectOneEffect([send(approval()), lockedAgain, send(approval())]);

    expect(policyAtTheEnd(answer)).toEqual(lockOut());
    expect(answer.trail).toHaveLength(3);
  });

  it('when it comes again a year later: the trail answers, no session is opened', async () => {
    const answer = await expectOneEffect([
      send(approval()),
      lockedAgain,
      { advanceClock: 'P366D' },
      send(approval()),
    ]);

    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
    expect(callsOf(answer, 'sts', 'AssumeRole')).toBe(1);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
  });

  it.each([
    ['the ticket system in capitals', { ticket: { ...ticket, system: 'Jira' } }],
    ['the ticket in lower case', { ticket: { ...ticket, id: 'sec-1234' } }],
    ['the approver in capitals', { approvals: [{ approver: 'LEAD@example.com', approvedAt }] }],
    [
      'the approval in another time zone',
      { approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:58:00+01:00' }] },
    ],
  ])('when it is spelt otherwise: %s', async (_, changes) => {
    const answer = await expectOneEffect([send(approval()), lockedAgain, send(approval(changes))]);

    expect(answer.trail).toHaveLength(3);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
  });

  it('when a second approver clicks later', async () => {
    const approvals = [
      { approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' },
      { approver: 'second.lead@example.com', approvedAt: '2026-11-20T10:20:00Z' },
    ];
    const answer = await runStory(
      story([send(approval()), lockedAgain, { advanceClock: 'PT30M' }, send(approval({ approvals }))]),
    );

    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded' },
      { ending: 'refused', code: 'approval-already-used' },
    ]);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
  });

  it('when its detail was changed since', async () => {
    const answer = await runStory(
      story([send(approval()), lockedAgain, send(approval({ reason: 'Something else' }))]),
    );

    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded' },
      { ending: 'refused', code: 'changed-after-approval' },
    ]);
    expect(answer.trail.at(-1)?.refusedRequestId).toBe(answer.trail[0]?.requestId);
  });

  it('when its detail was changed, long after the lock has forgotten it', async () => {
    const answer = await runStory(
      story([send(approval()), { advanceClock: 'P30D' }, send(approval({ reason: 'Something else' }))]),
    );

    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
    expect(endings(answer).map(({ ending }) => ending)).toEqual(['succeeded', 'refused']);
  });
});

describe('approving again', () => {
  it('is a new request', async () => {
    const again = [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:30:00Z' }];
    const answer = await runStory(
      story([send(approval()), lockedAgain, { advanceClock: 'PT1H' }, send(approval({ approvals: again }))]),
    );

    expect(endings(answer).map(({ ending }) => ending)).toEqual(['succeeded', 'succeeded']);
    expect(policyAtTheEnd(answer)).toBeNull();
  });

  it('with two approvals asked for is decided by the second', async () => {
    const approvals = [
      { approver: 'lead@example.com', approvedAt: '2026-11-20T09:50:00Z' },
      { approver: 'second.lead@example.com', approvedAt: '2026-11-20T09:58:00Z' },
    ];
    const answer = await expectOneEffect([send(approval({ approvals }), { deliveries: 2 })], {
      settings: { tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } },
    });

    expect(answer.trail[0]?.requestId).toMatch(/2026-11-20T09:58:00\.000Z$/);
  });
});

describe('a refusal', () => {
  it('uses nothing up: the event goes through once it is right', async () => {
    const wrong = approval({ requestedBy: 'lead@example.com' });
    const answer = await runStory(story([send(wrong), send(approval())]));

    expect(endings(answer).map(({ ending }) => ending)).toEqual(['refused', 'succeeded']);
    expect(policyAtTheEnd(answer)).toBeNull();
  });

  it('leaves one entry, however often its event is delivered', async () => {
    const answer = await runStory(
      story([send(approval({ requestedBy: 'lead@example.com' }), { deliveries: 10 })]),
    );

    expect(answer.trail).toHaveLength(1);
    expectToldOnce(answer);
    expectNothingOpened(answer);
  });
});

describe('a retry', () => {
  const crash = {
    service: 's3',
    operation: 'DeleteBucketPolicy',
    when: 'before',
    effect: 'crash',
    times: 1,
  } as const;

  it('finishes what was approved in time, though the approval has aged out meanwhile', async () => {
    const justInTime = [{ approver: 'lead@example.com', approvedAt: '2026-11-19T10:00:30Z' }];
    const answer = await expectOneEffect([send(approval({ approvals: justInTime }))], { faults: [crash] });

    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'acting', 'ended']);
    expect(policyAtTheEnd(answer)).toBeNull();
  });
});

describe('two tickets for one bucket', () => {
  const second = { ticket: { system: 'jira', id: 'SEC-9999', url: 'https://acme.example/browse/SEC-9999' } };

  it('at once: one unlocks, the other is superseded', async () => {
    const entries = [approval(), approval(second)].map((Detail) => ({
      Source: 'acme.tickets',
      DetailType: 'Root Task Approved',
      Detail,
    }));
    const answer = await runStory(story([{ putEvents: { as: 'ticketing', entries } }]));

    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
    expect(
      endings(answer)
        .map(({ ending }) => ending)
        .sort(),
    ).toEqual(['succeeded', 'superseded']);
    expect(answer.deadLetters).toEqual([]);
  });

  it("the second after the owner's repair: superseded, and the repaired policy stays", async () => {
    const repaired = { ...lockOut(), Id: 'Repaired' };
    const answer = await runStory(
      story([
        send(approval()),
        { putBucketPolicy: { accountId: account, bucketName, policy: repaired } },
        send(approval(second)),
      ]),
    );

    expect(endings(answer)).toMatchObject([
      { ending: 'succeeded' },
      { ending: 'superseded', code: 'newer-request' },
    ]);
    expect(policyAtTheEnd(answer)).toEqual(repaired);
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(1);
  });

  it('both approved by a clock that runs ahead: still only one acts', async () => {
    const approvals = [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:04:00Z' }];
    const entries = [approval({ approvals }), approval({ ...second, approvals })].map((Detail) => ({
      Source: 'acme.tickets',
      DetailType: 'Root Task Approved',
      Detail,
    }));
    const answer = await runStory(
      story([{ putEvents: { as: 'ticketing', entries, settleFor: 'PT20S' } }, lockedAgain]),
    );

    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(1);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
  });

  it('the second approved after the first was done: it goes through', async () => {
    const approvals = [{ approver: 'lead@example.com', approvedAt: '2026-11-20T10:05:00Z' }];
    const answer = await runStory(
      story([
        send(approval()),
        lockedAgain,
        { advanceClock: 'PT10M' },
        send(approval({ ...second, approvals })),
      ]),
    );

    expect(endings(answer).map(({ ending }) => ending)).toEqual(['succeeded', 'succeeded']);
  });
});
