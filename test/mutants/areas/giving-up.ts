import type { Mutant, NamedTests } from '../mutant.ts';

const endChain = 'lambdas/give-up/end-chain.ts';
const giveUp = 'lambdas/give-up/give-up.ts';
const sweep = 'lambdas/give-up/sweep.ts';
const takeUp = 'lambdas/give-up/take-up-unended.ts';
const unended = 'lambdas/give-up/unended.ts';
const overdue = 'lambdas/give-up/overdue-closings.ts';

const testsOfGiveUp: NamedTests = { file: 'test/lambdas/give-up/give-up.test.ts' };
const testsOfHandler: NamedTests = { file: 'test/lambdas/give-up/handler.test.ts' };
const testsOfSweep: NamedTests = { file: 'test/lambdas/give-up/sweep.test.ts' };
const testsOfSweepHandler: NamedTests = { file: 'test/lambdas/give-up/sweep-handler.test.ts' };
const testsOfSweptRuns: NamedTests = { file: 'test/lambdas/give-up/sweep-runs.test.ts' };
const testsOfUnended: NamedTests = { file: 'test/lambdas/give-up/unended.test.ts' };
const testsOfOverdue: NamedTests = { file: 'test/lambdas/give-up/close-overdue.test.ts' };
const testsOfMessage: NamedTests = { file: 'test/lambdas/give-up/failure-message.test.ts' };

/** What failed on every try ends in the trail all the same, and nothing stays open for ever. */
export const givingUp: readonly Mutant[] = [
  {
    id: 'give-up-writes-over-an-ending',
    file: endChain,
    find: 'if (chain.ended !== null) return chain.ended;',
    replace: "if (chain.ended !== null && chain.ended.ending === 'refused') return chain.ended;",
    breaks: 'a request that has ended is never given up',
    killedBy: [testsOfGiveUp],
  },
  {
    id: 'given-up-closing-does-not-say-open',
    file: endChain,
    find: "request.closes === null ? 'gave-up' : 'password-recovery-open'",
    replace: "request.closes === '' ? 'password-recovery-open' : 'gave-up'",
    breaks: 'a closing that is given up says that recovery is open',
    killedBy: [testsOfGiveUp],
  },
  {
    id: 'given-up-attempt-not-told',
    file: endChain,
    find: '  return lastActing === null\n',
    replace: '  return lastActing === null || lastActing.attempt > 0\n',
    breaks: 'an ending that gives up says that a change may have been made',
    killedBy: [testsOfGiveUp],
  },
  {
    id: 'begun-run-given-up',
    file: giveUp,
    find: 'if (chain.ended === null && isOfOrganization(request))',
    replace: 'if (chain.ended !== null && isOfOrganization(request))',
    breaks: 'a run that was begun is left to the sweep, which goes on with it',
    killedBy: [testsOfSweptRuns],
  },
  {
    id: 'failed-refusal-given-up-without-an-entry',
    file: giveUp,
    find: "if (lane === 'refusals') return refuse(event, parts.settings, parts);",
    replace: "if (lane === 'refusals') return event === null ? refuse(event, parts.settings, parts) : null;",
    breaks: 'an event that could not be refused is refused by the give-up',
    killedBy: [testsOfGiveUp],
  },
  {
    id: 'message-of-another-lane-believed',
    file: 'lambdas/give-up/request-of.ts',
    find: 'if (laneOf(received) !== lane)',
    replace: 'if (laneOf(received) !== lane && event === null)',
    breaks: 'a message in the failure queue of another lane waits for a person',
    killedBy: [testsOfGiveUp],
  },
  {
    id: 'failed-message-lost',
    file: 'lambdas/give-up/index.ts',
    find: '      batchItemFailures.push({ itemIdentifier: record.messageId });\n',
    replace: '',
    breaks: 'a message that could not be handled comes again and is parked in the end',
    killedBy: [testsOfHandler],
  },
  {
    id: 'unknown-message-taken-for-an-event',
    file: 'lambdas/give-up/failure-message.ts',
    find: 'if (!busEvent.safeParse(document).success && !scheduledOrder.safeParse(document).success)',
    replace:
      'if (!busEvent.safeParse(document).success && !scheduledOrder.safeParse(document).success && document === null)',
    breaks: 'a message of no known kind waits for a person',
    killedBy: [testsOfMessage],
  },
  {
    id: 'sweep-skips-attempts',
    file: unended,
    find: "['approved', 'planned', 'acting', 'ended'],",
    replace: "['approved', 'ended'],",
    breaks: 'the sweep finds a request by its attempts, whatever month its approval is of',
    killedBy: [testsOfUnended],
  },
  {
    id: 'sweep-ends-what-is-at-work',
    file: unended,
    find: 'now - Date.parse(last.at) >= restMilliseconds;',
    replace: 'now - Date.parse(last.at) >= 0;',
    breaks: 'the sweep ends only requests that no run will end any more',
    killedBy: [testsOfUnended, testsOfSweep],
  },
  {
    id: 'sweep-stops-at-the-first-failure',
    file: sweep,
    find: '        counts.failed += 1;\n',
    replace: '        counts.failed += 1;\n        return { ...counts, complete: false };\n',
    breaks: 'a request that cannot be ended does not keep the others from it',
    killedBy: [testsOfSweep],
  },
  {
    id: 'sweep-failure-not-told',
    file: sweep,
    find: '  if (swept.failed > 0) throw',
    replace: '  if (swept.failed > 1_000) throw',
    breaks: 'a sweep that could not end a request fails, and raises its alarm',
    killedBy: [testsOfSweepHandler],
  },
  {
    id: 'sweep-ends-accounts-of-a-run-at-work',
    file: takeUp,
    find: "return head !== null && head.kind !== 'ended';",
    replace: "return head !== null && head.kind === 'ended';",
    breaks: 'an account of a run that goes on is left to its run',
    killedBy: [testsOfSweptRuns],
  },
  {
    id: 'sweep-overtakes-a-run',
    file: takeUp,
    find: 'if (chain.ended === null && !isAtRest(chain, sweeper.clock.now().getTime()))',
    replace: 'if (chain.ended !== null && !isAtRest(chain, sweeper.clock.now().getTime()))',
    breaks: 'the sweep ends nothing that has moved since it was found',
    killedBy: [testsOfSweep],
  },
  {
    id: 'old-run-started-for-ever',
    file: takeUp,
    find: '> runDays * 86_400_000;',
    replace: '> 1_000 * runDays * 86_400_000;',
    breaks: 'a run ends after two weeks at the latest',
    killedBy: [testsOfSweptRuns],
  },
  {
    id: 'failed-closing-forgotten',
    file: overdue,
    find: "return head.kind === 'ended' ? head.ending === 'failed' :",
    replace: "return head.kind === 'ended' ? head.ending === 'refused' :",
    breaks: 'a closing that failed is tried again until one did not',
    killedBy: [testsOfOverdue],
  },
  {
    id: 'closing-that-never-came-forgotten',
    file: overdue,
    find: 'if (latest === null) return true;',
    replace: 'if (latest === null) return false;',
    breaks: 'an opening whose schedule never came is closed by the sweep',
    killedBy: [testsOfOverdue],
  },
];
