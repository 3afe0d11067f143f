import type { Clock } from '../parts.ts';
import type { Settling } from '../settling.ts';

/**
 * The strands of one execution: itself, or the children that its map runs at once. The world waits while one of them is
 * at work. When all of them sleep it may move the clock, and the rest of the world goes on; a strand whose time has come
 * by other work wakes at once, so that retries overlap with what the others do, as in AWS.
 */
export interface Strands {
  /** Sleeps up to a sandbox time. Rejects once the execution is ended. */
  sleep(until: number, what: string): Promise<void>;
  /** Runs these at once, in place of the strand that asks; ends when all have ended. None of them may reject. */
  fork(branches: readonly (() => Promise<void>)[]): Promise<void>;
  /** Runs the first strand. */
  run(main: () => Promise<void>): Promise<void>;
  /** Wakes whoever sleeps, with this error: there is nothing more to do. */
  end(error: Error): void;
}

/** How often sleepers look at the clock, in real milliseconds: others may have moved it. */
const glance = 5;

/** Where the strands of all executions are: what is not elsewhere is Step Functions itself, about to go on. */
export interface Whereabouts {
  /** All that do not sleep. */
  working: number;
  /** Those that wait for a function, or for an answer of S3. */
  elsewhere: number;
}

export interface StrandsParts {
  readonly whereabouts: Whereabouts;
  readonly clock: Clock;
  readonly begin: Settling['begin'];
  readonly later: Settling['later'];
}

/** Counts a strand as elsewhere for as long as this takes. */
export async function beingElsewhere<Result>(where: Whereabouts, what: Promise<Result>): Promise<Result> {
  where.elsewhere += 1;
  try {
    return await what;
  } finally {
    where.elsewhere -= 1;
  }
}

export function createStrands({ clock, begin, later, whereabouts }: StrandsParts): Strands {
  const sleepers = new Set<{ readonly until: number; readonly wake: (error?: Error) => void }>();
  let working = 0;
  let rest: (() => void) | undefined;
  let ended: Error | undefined;
  let watch: NodeJS.Timeout | undefined;

  function enter(): void {
    working += 1;
    whereabouts.working += 1;
    if (working > 1) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    rest = resolve;
    begin(promise);
  }

  function leave(): void {
    working -= 1;
    whereabouts.working -= 1;
    if (working === 0) rest?.();
  }

  function wakeDue(): void {
    for (const sleeper of sleepers) if (sleeper.until <= clock.now()) sleeper.wake();
    if (sleepers.size === 0) clearInterval(watch);
  }

  return {
    async sleep(until, what) {
      if (ended !== undefined) throw ended;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = {
        until,
        wake(error?: Error) {
          // At work again before anybody can take the execution to be at rest.
          if (!sleepers.delete(sleeper)) return;
          enter();
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      if (sleepers.size === 0) watch = setInterval(wakeDue, glance).unref();
      sleepers.add(sleeper);
      later(until, what, async () => sleeper.wake());
      leave();
      await promise;
    },

    async fork(branches) {
      let left = branches.length;
      for (const _ of branches.slice(1)) enter();
      await Promise.all(
        branches.map(async (branch) => {
          await branch();
          left -= 1;
          // The last one leaves its place to the strand that asked.
          if (left > 0) leave();
        }),
      );
    },

    async run(main) {
      enter();
      try {
        await main();
      } finally {
        leave();
      }
    },

    end(error) {
      ended = error;
      for (const sleeper of [...sleepers]) sleeper.wake(error);
      clearInterval(watch);
    },
  };
}
