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
  withBucket,
} from './given.ts';
import { runStory } from './run-story.ts';

const asAdministrator = {
  try: {
    accountId: account,
    as: 'admin',
    action: 's3:GetBucketPolicy',
    resource: `arn:aws:s3:::${bucketName}`,
  },
};

describe('an approved ticket', () => {
  it('lets a shut-out administrator in again, and leaves a trail that says how', async () => {
    const answer = await runStory(story([asAdministrator, send(approval()), asAdministrator]));

    expect(answer.tries.map(({ allowed }) => allowed)).toEqual([false, true]);
    expect(answer.tries[0]?.reason).toMatch(/explicit deny in a resource-based policy/);
    expect(policyAtTheEnd(answer)).toBeNull();

    const [approved, acting, ended] = answer.trail;
    expect(answer.trail).toHaveLength(3);
    expect(approved).toMatchObject({
      kind: 'approved',
      requestId: 'jira/sec-1234/unlock-s3-bucket/156041421443/project-prod-1/2026-11-20T09:58:00.000Z',
      approval: approval(),
      envelope: { source: 'acme.tickets', account: '333333333333' },
      authorizedBy: { required: 1, counted: [{ approver: 'lead@example.com' }] },
    });
    const session = answer.calls.find(({ operation }) => operation === 'AssumeRoot');
    expect(acting).toMatchObject({ kind: 'acting', attempt: 1, intended: { policy: null, sha256: null } });
    expect(acting?.session).toMatchObject({
      accessKeyId: expect.stringMatching(/^ASIA/),
      taskPolicy: 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy',
      sourceIdentity: expect.stringMatching(/^SEC-1234\.[0-9a-f]{16}$/),
    });
    const before = acting?.before as { policy: string };
    expect(JSON.parse(before.policy)).toEqual(lockOut());
    expect(session).toMatchObject({
      resource: `arn:aws:iam::${account}:root`,
      allowed: true,
      region: 'eu-central-1',
    });
    expect(ended).toMatchObject({ ending: 'succeeded', code: 'unlocked', after: { policy: null } });
  });

  it('is answered once, to people and to the bus, with the hash that the trail has', async () => {
    const answer = await runStory(story([send(approval())]));

    expectToldOnce(answer);
    const [ended] = endings(answer);
    const [outcome] = answer.outcomes;
    expect(outcome).toMatchObject({
      source: 'rootdesk',
      'detail-type': 'Root Task Ended',
      detail: {
        ending: 'succeeded',
        accountId: account,
        entryHash: ended?.hash,
        requestId: ended?.requestId,
      },
    });
    const [told] = answer.notifications;
    expect(told?.subject).toBe('rootdesk succeeded: unlock-s3-bucket SEC-1234');
    for (const said of [
      bucketName,
      account,
      'lead@example.com',
      'SEC-1234',
      ended?.hash,
      ended?.summary,
      ended?.remedy,
    ]) {
      expect(told?.message).toContain(said);
    }
  });

  it('finds the bucket where it is: policy calls go to its own Region and name the owner', async () => {
    const answer = await runStory(story([send(approval())]));

    const policyCalls = answer.calls.filter(({ operation }) => /BucketPolicy$/.test(operation));
    expect(new Set(policyCalls.map(({ region }) => region))).toEqual(new Set(['eu-north-1']));
    expect(new Set(policyCalls.map(({ principal }) => principal))).toEqual(
      new Set([`arn:aws:iam::${account}:root`]),
    );
  });

  it('tells buckets apart whose names begin alike', async () => {
    const organization = withBucket(lockOut());
    const [member] = organization.accounts ?? [];
    const others = ['project-prod', 'project-prod-10', 'project-prod-1.logs'];
    for (const name of others) member?.buckets?.push({ name, region: 'us-east-1', policy: lockOut(name) });
    const answer = await runStory({ ...story([send(approval())]), organization });

    expect(policyAtTheEnd(answer)).toBeNull();
    for (const name of others) expect(policyAtTheEnd(answer, name)).toEqual(lockOut(name));
  });

  it('ends with nothing to do where there is no policy', async () => {
    const answer = await runStory({ ...story([send(approval())]), organization: withBucket(null) });

    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(endings(answer)).toMatchObject([{ ending: 'nothing-to-do', code: 'no-policy' }]);
    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(0);
    expectToldOnce(answer);
  });
});

describe('a rehearsal', () => {
  it('does everything up to the change, and changes nothing', async () => {
    const answer = await runStory(story([send(approval({ dryRun: true }))]));

    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
    expect(endings(answer)).toMatchObject([{ ending: 'rehearsed', code: 'would-unlock' }]);
    expect(answer.trail[0]?.requestId).toMatch(/\/rehearsal$/);
    expect(callsOf(answer, 's3', 'GetBucketPolicy')).toBe(1);
    expect(callsOf(answer, 's3', 'DeleteBucketPolicy')).toBe(0);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
    expectToldOnce(answer);
  });

  it('uses nothing up: the same approval may then be carried out', async () => {
    const answer = await runStory(story([send(approval({ dryRun: true })), send(approval())]));

    expect(endings(answer).map(({ ending }) => ending)).toEqual(['rehearsed', 'succeeded']);
    expect(policyAtTheEnd(answer)).toBeNull();
  });

  it('passes the same rules', async () => {
    const detail = approval({ dryRun: true, requestedBy: 'lead@example.com' });
    const answer = await runStory(story([send(detail)]));

    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'requester-approved' }]);
  });
});
