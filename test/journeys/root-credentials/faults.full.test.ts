import { expectStruck } from '../faults/expect-right.ts';
import { faultAt } from '../faults/lane-calls.ts';
import type { Fault } from '../scenes/scene.ts';
import { type Call, callsOfACleanRun } from './calls.ts';
import { expectDoneOnce } from './expect-done.ts';
import { everyPart, leaveClosed, type Part } from './parts.ts';
import { openTheatre, type Theatre } from './theatre.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

type Row = Call & { readonly task: string; readonly part: Part };

/**
 * Each operation once, in the first part that calls it: the adapters are the same in all of them. What every lane calls
 * of DynamoDB, SSM and STS is struck in the scenes.
 */
const rows: readonly Row[] = everyPart
  .flatMap((part) => callsOfACleanRun(part.task).map((call) => ({ ...call, part, task: part.task })))
  .filter(({ nth, service }) => nth === 1 && (service === 'iam' || service === 'scheduler'))
  .filter((row, index, all) => all.findIndex(({ operation }) => operation === row.operation) === index);

async function playUnder({ part }: Row, faults: readonly Fault[]) {
  const answer = await part.play(theatre, faults);
  expectStruck(answer, faults);
  expectDoneOnce(answer, part, faults);
  await leaveClosed(theatre, answer);
  return answer.logs.filter(({ message }) => String(message).startsWith('Invoke Error')).length;
}

it.each(rows)(
  '$task: $operation is throttled, and its next answer is lost: the client tries again',
  async (row) => {
    const throttled = faultAt({ what: '', ...row }, 'before', 'throttle');
    const lost = faultAt({ what: '', ...row, nth: row.nth + 1 }, 'after', 'timeout');
    expect(await playUnder(row, [throttled, lost])).toBe(0);
  },
);

/** The clients of IAM try five times by themselves, the others three times. One for each of two keys, side by side. */
function triesOf({ operation, service }: Call): number {
  if (service === 'scheduler') return 3;
  return operation === 'GetAccessKeyLastUsed' ? 10 : 5;
}

it.each(rows)('$task: $operation fails for a whole run: the next one finishes it', async (row) => {
  const failedRuns = await playUnder(row, [
    faultAt({ what: '', ...row }, 'before', 'serverError', triesOf(row)),
  ]);
  // Whether the unused device itself can be deleted is tried and told, and nothing depends on it.
  expect(failedRuns).toBe(row.operation === 'DeleteVirtualMFADevice' ? 0 : 1);
});
