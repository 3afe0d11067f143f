import type { MapState } from './definition.ts';
import type { MapParameters } from './library-machine.ts';
import { StateError, withinLimit } from './state-error.ts';
import type { Strands } from './strands.ts';

export interface MapRunParts {
  readonly name: string;
  readonly state: MapState;
  readonly parameters: MapParameters;
  readonly strands: Strands;
  /** Reads the items from where the ItemReader says. */
  readonly readItems: () => Promise<readonly unknown[]>;
  /** Has the whole execution ended meanwhile? */
  readonly ended: () => boolean;
  /** Runs the child execution of one item; rejects with a StateError when the child fails. */
  readonly visit: (item: unknown, index: number) => Promise<unknown>;
}

/** As many children as AWS runs at once where nothing is said. */
const mostAtOnce = 10_000;

/**
 * Runs a distributed map: its items at once up to `MaxConcurrency`, failed ones tolerated as it says. Source: Step
 * Functions Developer Guide, "Using Map state in Distributed mode" and "Setting failure thresholds for Distributed Map".
 */
export async function runMap(parts: MapRunParts): Promise<readonly unknown[]> {
  const { name, state, parameters } = parts;
  const items = state.ItemReader === undefined ? stated(name, parameters.items) : await parts.readItems();
  const tolerated = toleratedFailures(state, items.length);
  const outputs: unknown[] = [];
  let failed = 0;
  let next = 0;
  let defect: unknown;

  async function work(): Promise<void> {
    while (next < items.length && failed <= tolerated && defect === undefined && !parts.ended()) {
      const index = next;
      next += 1;
      try {
        outputs[index] = await parts.visit(items[index], index);
      } catch (error) {
        if (!(error instanceof StateError)) defect = error;
        failed += 1;
      }
    }
  }

  const atOnce = Math.min(state.MaxConcurrency || mostAtOnce, items.length);
  if (atOnce > 0) await parts.strands.fork(Array.from({ length: atOnce }, () => work));
  if (defect !== undefined) throw defect;
  if (failed > tolerated) {
    throw new StateError(
      'States.ExceedToleratedFailureThreshold',
      'The specified tolerated failure threshold was exceeded',
    );
  }
  // Whatever becomes of the results, all of them together are the output of the state at first.
  return withinLimit(
    name,
    outputs.filter((output) => output !== undefined),
  );
}

function stated(name: string, items: unknown): readonly unknown[] {
  if (Array.isArray(items)) return items;
  throw new StateError('States.Runtime', `The items of ${name} are no array.`);
}

function toleratedFailures(
  { ToleratedFailureCount: count, ToleratedFailurePercentage: percentage }: MapState,
  items: number,
) {
  if (count === undefined && percentage === undefined) return 0;
  const share = percentage === undefined ? Number.POSITIVE_INFINITY : (items * percentage) / 100;
  return Math.min(share, count ?? Number.POSITIVE_INFINITY);
}
