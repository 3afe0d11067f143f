import type { ApprovedEntry } from '../../../../contract/trail-entry.ts';
import { recorded } from '../../../../lambdas/root-task/steps/recorded.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenRequest, givenSettings } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';
import { GivenOrganization } from '../../organization-run/given.ts';

async function givenApproved(changes: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) {
  const given = new GivenLane();
  const request = givenRequest(changes, settings);
  const { chain } = await claimedBy(request, given.lane);
  return { request, approved: chain.approved };
}

const two = [
  { approver: 'Lead@Example.com', approvedAt: '2026-11-20T10:58:00+01:00' },
  { approver: 'second.lead@example.com', approvedAt: '2026-11-20T09:59:00Z' },
];

describe('a recorded request', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['as it came', {}, {}],
    ['of a rehearsal', { 'detail.dryRun': true }, {}],
    ['without a word about rehearsing', { 'detail.dryRun': undefined }, {}],
    [
      'of two approvals, under settings of its time',
      { 'detail.approvals': two },
      { tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } },
    ],
    [
      'of a queue',
      {
        'detail.task': 'unlock-sqs-queue',
        'detail.target': { queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders.fifo' },
      },
      {},
    ],
  ])('is the one that was authorized then, %s', async (_, changes, settings) => {
    const { approved, request } = await givenApproved(changes, settings);
    const { envelope, ...rest } = recorded(approved, 'eu-central-1');
    const { envelope: sent, ...was } = request;
    expect(rest).toMatchObject(was);
    expect(envelope).toEqual(sent);
  });

  it('of an audit by schedule has no approvals, which no event may come without', async () => {
    const given = new GivenOrganization();
    given.settings = givenSettings({ organizationRuns: { scheduledAudit: { enabled: true } } });
    await given.begin({ scheduledAudit: true, at: '2026-11-20T06:00:00Z' });
    const [approved] = given.table.entries;
    if (approved?.kind !== 'approved') throw new Error('the audit is begun');
    expect(recorded(approved, 'eu-central-1')).toMatchObject({
      requestId: approved.requestId,
      target: { organization: true },
      ticket: { approvals: [] },
      authorization: { required: 0 },
    });
    // Nobody but rootdesk itself may leave them out, and it only audits.
    for (const own of [
      { ticket: { system: 'jira', id: 'scheduled-audit', url: 'https://acme.example' } },
      { task: 'delete-root-credentials' },
    ])
      expect(() =>
        recorded({ ...approved, approval: { ...approved.approval, ...own } }, 'eu-central-1'),
      ).toThrow();
  });

  it.each<[string, Partial<ApprovedEntry>]>([
    ['approval', { approval: {} }],
    ['sender', { envelope: { source: 'a', account: 'x', eventId: 'e', time: '2026-11-20T10:00:00Z' } }],
  ])('is none where its %s is not understood', async (_, change) => {
    const { approved } = await givenApproved();
    expect(() => recorded({ ...approved, ...change }, 'eu-central-1')).toThrow();
  });
});
