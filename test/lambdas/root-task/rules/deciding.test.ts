import fc from 'fast-check';
import { isOnAll } from '../../../../lambdas/root-task/rules/facts.ts';
import { authorize } from '../../../../lambdas/root-task/steps/authorize.ts';
import { givenFacts, givenReceived, givenRequest, givenSettings, now } from '../../given/request.ts';
import { by } from './cases/cases.ts';

const people = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);
const twoOf = (count: number) => ({
  approvers: people.slice(0, count),
  tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } },
});
const minute = (minutes: number) =>
  new Date(Date.parse('2026-11-20T09:00:00Z') + minutes * 60_000).toISOString();

describe('isOnAll', () => {
  it('is false when there is no list at all', () => {
    expect(isOnAll([], 'lead@example.com')).toBe(false);
  });
});

describe('the deciding approval', () => {
  it('is the N-th by time, in whatever order and offset the approvals come', () => {
    const approvals = [
      by('a@example.com', '2026-11-20T09:30:00Z'),
      by('b@example.com', '2026-11-20T11:10:00+02:00'),
      by('c@example.com', '2026-11-20T04:20:00-05:00'),
    ];
    expect(givenFacts({ 'detail.approvals': approvals }, twoOf(3)).deciding).toEqual(approvals[2]);
  });

  it('is not there while fewer than N have approved', () => {
    const one = { 'detail.approvals': [by('a@example.com')] };
    expect(authorize(givenReceived(one), givenSettings(twoOf(3)), now)).toMatchObject({
      kind: 'refusal',
      requestId: null,
      reasons: [{ code: 'too-few-approvals', message: expect.stringContaining('needs 2') }],
    });
  });

  it('of two among three stays the second, when the third approves later', () => {
    const [first, second, third] = [
      by('c@example.com', minute(10)),
      by('a@example.com', minute(20)),
      by('b@example.com', minute(30)),
    ];
    const before = givenRequest({ 'detail.approvals': [second, first] }, twoOf(3));
    const after = givenRequest({ 'detail.approvals': [third, second, first] }, twoOf(3));
    expect(before.requestId).toMatch(/\/2026-11-20T09:20:00\.000Z$/);
    expect(after.requestId).toBe(before.requestId);
    expect(before.authorization).toMatchObject({
      required: 2,
      counted: [{ approver: 'c@example.com' }, { approver: 'a@example.com' }],
      decidedAt: minute(20),
    });
  });

  it('counts each person once: a tag makes no second approver', () => {
    const approvals = [by('a+1@example.com', minute(1)), by('A+2@example.com', minute(2))];
    const settings = { ...twoOf(5), approvers: ['*@example.com'] };
    const { counted, deciding } = givenFacts({ 'detail.approvals': approvals }, settings);
    expect(counted).toEqual(approvals.slice(0, 1));
    expect(deciding).toBeUndefined();
  });

  it('makes one request, however many approve later', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(minutes, (unordered) => {
        const approvals = unordered
          .toSorted((a, b) => a - b)
          .map((at, index) => by(people[index] ?? '', minute(at)));
        const before = givenRequest({ 'detail.approvals': approvals.slice(0, -1) }, twoOf(5));
        const after = givenRequest({ 'detail.approvals': approvals.toReversed() }, twoOf(5));
        expect(after.requestId).toBe(before.requestId);
      }),
      { numRuns: 30 },
    );
  });
});
