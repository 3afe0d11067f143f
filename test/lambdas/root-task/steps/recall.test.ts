import { authorize } from '../../../../lambdas/root-task/steps/authorize.ts';
import { recall } from '../../../../lambdas/root-task/steps/recall.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenReceived, givenRequest, givenSettings, now } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

const nextYear = new Date('2027-11-20T10:00:00Z');
const approvals = [
  { approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' },
  { approver: 'second.lead@example.com', approvedAt: '2026-11-20T09:59:00Z' },
];
const two = { tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } };

async function givenRecorded(changes: Record<string, unknown> = {}) {
  const given = new GivenLane();
  await claimedBy(givenRequest(changes), given.lane);
  return given;
}

async function recalled(given: GivenLane, changes = {}, { settings = {}, at = now } = {}) {
  const request = await recall(authorize(givenReceived(changes), givenSettings(settings), at), given.lane);
  return request.kind === 'refusal' ? request.reasons.map(({ code }) => code) : request.requestId;
}

describe('recall', () => {
  it('asks the trail nothing where one approval was made and the rules agree', async () => {
    const given = new GivenLane();
    given.table.client.send = () => {
      throw new Error('nobody expected a read');
    };
    expect(await recalled(given)).toBe(givenRequest().requestId);
  });

  it('lets a recorded approval on when it has aged out', async () => {
    expect(await recalled(await givenRecorded(), {}, { at: nextYear })).toBe(givenRequest().requestId);
  });

  it('lets a recorded approval on when the settings have changed', async () => {
    const settings = {
      approvers: ['other@example.com', 'another@example.com'],
      excludedAccountIds: ['156041421443'],
    };
    expect(await recalled(await givenRecorded(), {}, { settings })).toBe(givenRequest().requestId);
  });

  it('makes no second request of a recorded one when more approvals are asked for now', async () => {
    const given = await givenRecorded({ 'detail.approvals': approvals });
    const again = await recalled(given, { 'detail.approvals': approvals }, { settings: two });
    expect(again).toBe(givenRequest().requestId);
  });

  it('refuses what was never recorded', async () => {
    expect(await recalled(new GivenLane(), {}, { at: nextYear })).toEqual(['approval-too-old']);
  });

  it('refuses another detail under a recorded approval', async () => {
    const given = await givenRecorded();
    expect(await recalled(given, { 'detail.reason': 'another' }, { at: nextYear })).toEqual([
      'approval-too-old',
    ]);
  });

  it.each([
    ['a replay', { 'replay-name': 'again' }, 'replayed'],
    ['another account', { account: '444444444444' }, 'wrong-sender-account'],
    ['another source', { source: 'other.tickets' }, 'unknown-source'],
  ])('refuses a recorded approval that is repeated by %s', async (_, changes, code) => {
    expect(await recalled(await givenRecorded(), changes)).toContain(code);
  });

  it('does not take a rehearsal for the real run', async () => {
    const given = await givenRecorded({ 'detail.dryRun': true });
    expect(await recalled(given, {}, { at: nextYear })).toEqual(['approval-too-old']);
  });
});
