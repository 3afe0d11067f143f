import { refuseChangedApproval } from '../../../../lambdas/root-task/steps/changed-approval.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

const lead = { approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' };
const later = { approver: 'second.lead@example.com', approvedAt: '2026-11-20T10:30:00Z' };

async function refusalOf(changes: Record<string, unknown>) {
  const given = new GivenLane();
  const { chain } = await claimedBy(givenRequest(), given.lane);
  const at = '2026-11-20T10:00:00.000Z';
  const refused = refuseChangedApproval(givenRequest(changes), chain.approved);
  expect(refused.requestId).toBe(givenRequest().requestId);
  expect(refused.reasons[0].message).toContain(at);
  return refused.reasons.map(({ code }) => code);
}

describe('another detail under a recorded approval', () => {
  it.each([
    ['behind the first', [lead, { ...later, approvedAt: '2026-11-20T10:04:00Z' }]],
    ['before it in the list', [{ ...later, approvedAt: '2026-11-20T10:04:00Z' }, lead]],
  ])('that only adds an approver (%s) has used the approval', async (_, approvals) => {
    expect(await refusalOf({ 'detail.approvals': approvals })).toEqual(['approval-already-used']);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a reason', { 'detail.reason': 'another' }],
    ['a requester', { 'detail.requestedBy': 'other@example.com' }],
    ['a URL', { 'detail.ticket.url': 'https://acme.example/browse/SEC-9' }],
    ['its approver', { 'detail.approvals': [{ ...lead, approver: 'second.lead@example.com' }] }],
  ])('that changes %s is a change after the approval', async (_, changes) => {
    expect(await refusalOf(changes)).toEqual(['changed-after-approval']);
  });
});
