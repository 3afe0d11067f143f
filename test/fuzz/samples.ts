import fc from 'fast-check';
import { type ApprovableTask, approvableTasks } from '../../contract/root-tasks.ts';
import { type Mutation, mutations, type Verdict } from './mutations.ts';
import { type Draft, validEvent } from './valid-event.ts';

/** An event that is still to be put, and what must become of it. */
export interface Sample {
  readonly nth: number;
  readonly task: ApprovableTask;
  readonly mutations: readonly Mutation[];
  readonly verdict: Verdict;
  /** Made at the last moment: an approval is given now. */
  readonly draft: (now: number) => Draft;
}

/** JSON that is no text and no boolean. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(0, 1, -1.5, null, [], {}),
  fc.integer(),
  fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
);

const harmless = mutations.filter(({ verdict }) => verdict === 'same' || verdict === 'rehearsal');

/** No two of one part. Few that are right, few that are wrong in many ways at once, most in one. */
const someOf = (rows: readonly Mutation[], minLength: number, maxLength: number) =>
  fc.uniqueArray(fc.constantFrom(...rows), { minLength, maxLength, selector: ({ part }) => part });
const someMutations = fc.oneof(
  { weight: 3, arbitrary: someOf(harmless, 0, 3) },
  { weight: 5, arbitrary: someOf(mutations, 1, 1) },
  { weight: 3, arbitrary: someOf(mutations, 2, 4) },
);

/** Such an event looks like one of the product's own, and no rule takes it: the bus policy lets nobody else put it. */
const looksLikeAnOutcome = (rows: readonly Mutation[]) =>
  rows.some(({ name }) => name.includes('"rootdesk"')) && rows.some(({ part }) => part === 'detail-type');

const plan = fc.record({
  task: fc.constantFrom(...approvableTasks),
  rows: someMutations.filter((rows) => !looksLikeAnOutcome(rows)),
  odd,
});

/** The same events for the same seed. */
export function samplesOf(seed: number, events: number): Sample[] {
  return fc.sample(plan, { seed, numRuns: events }).map(({ task, rows, odd: value }, index) => {
    const nth = index + 1;
    return {
      nth,
      task,
      mutations: rows,
      verdict: verdictOf(rows),
      draft(now) {
        const draft = validEvent(nth, task, now, value);
        for (const { change } of rows) change(draft);
        return draft;
      },
    };
  });
}

/** One thing wrong makes all of it wrong. */
function verdictOf(rows: readonly Mutation[]): Verdict {
  const verdicts = new Set(rows.map(({ verdict }) => verdict));
  const order: readonly Verdict[] = ['wrong', 'either', 'rehearsal'];
  return order.find((verdict) => verdicts.has(verdict)) ?? 'same';
}
