import { noPolicy, policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { nextMove } from '../../../../lambdas/root-task/steps/next-move.ts';
import { lockingPolicy, repairedPolicy } from '../../given/bucket.ts';

const locked = policyStateOf(lockingPolicy);
const other = policyStateOf(repairedPolicy);
const removal = { before: locked, intended: noPolicy };
const repair = { before: locked, intended: other };

describe('the next move', () => {
  it.each([
    ['a removal', 'what it intended', 'no other request', noPolicy, removal, false, 'verify'],
    ['a removal', 'what it intended', 'another request', noPolicy, removal, true, 'verify'],
    ['a removal', 'what it recorded', 'no other request', locked, removal, false, 'act-if-still-there'],
    ['a removal', 'what it recorded', 'another request', locked, removal, true, 'leave-alone'],
    ['a removal', 'something else', 'no other request', other, removal, false, 'leave-alone'],
    ['a removal', 'something else', 'another request', other, removal, true, 'leave-alone'],
    ['a repair', 'what it intended', 'no other request', other, repair, false, 'verify'],
    ['a repair', 'what it recorded', 'no other request', locked, repair, false, 'act-if-still-there'],
    ['a repair', 'no policy', 'no other request', noPolicy, repair, false, 'leave-alone'],
  ] as const)(
    'of a retry of %s that finds %s and %s since',
    (_a, _b, _c, live, earlier, changedSince, expected) => {
      expect(nextMove(live, earlier, changedSince)).toBe(expected);
    },
  );
});
