import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { nextMove } from '../../../../lambdas/root-task/steps/next-move.ts';
import { lockingPolicy, repairedPolicy } from '../../given/bucket.ts';

const locked = policyStateOf(lockingPolicy);
const other = policyStateOf(repairedPolicy);
const earlier = { before: locked, intended: noPolicy };

describe('the next move', () => {
  it.each([
    ['a first attempt', 'a policy', 'no other request', locked, null, false, 'act'],
    ['a first attempt', 'no policy', 'no other request', noPolicy, null, false, 'nothing-to-do'],
    ['a first attempt', 'a policy', 'another request', locked, null, true, 'leave-alone'],
    ['a first attempt', 'no policy', 'another request', noPolicy, null, true, 'leave-alone'],
    ['a retry', 'what it intended', 'no other request', noPolicy, earlier, false, 'verify'],
    ['a retry', 'what it intended', 'another request', noPolicy, earlier, true, 'verify'],
    ['a retry', 'what it recorded', 'no other request', locked, earlier, false, 'act-if-still-there'],
    ['a retry', 'what it recorded', 'another request', locked, earlier, true, 'leave-alone'],
    ['a retry', 'something else', 'no other request', other, earlier, false, 'leave-alone'],
    ['a retry', 'something else', 'another request', other, earlier, true, 'leave-alone'],
  ] as const)('of %s that finds %s and %s since', (_a, _b, _c, live, attempt, changedSince, expected) => {
    expect(nextMove(live, noPolicy, attempt, changedSince)).toBe(expected);
  });
});
