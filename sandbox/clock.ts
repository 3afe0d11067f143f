import type { Clock } from './parts.ts';

interface Scheduled {
  readonly at: number;
  readonly order: number;
  readonly what: string;
  readonly run: () => Promise<void>;
}

/**
 * A sandbox clock that shows `startAt` now (default: the real time) and then runs on with the real time, or, where real
 * time does not count, stands still until it is moved: what is then measured by it does not depend on this machine.
 */
export function createClock(startAt: number = Date.now(), realTimeCounts = true): Clock {
  const shared = new SharedArrayBuffer(2 * Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(shared);
  const real = () => (realTimeCounts ? Date.now() : 0);
  offset[0] = startAt - real();
  offset[1] = realTimeCounts ? 1 : 0;
  let waiting: Scheduled[] = [];
  let scheduled = 0;

  const now = () => real() + (offset[0] ?? 0);

  const advance = (milliseconds: number) => {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError(`the sandbox's clock moves forward only, not by ${milliseconds} ms`);
    }
    offset[0] = (offset[0] ?? 0) + milliseconds;
  };

  const takeNext = (until: number): Scheduled | undefined => {
    const [next] = waiting.toSorted((a, b) => a.at - b.at || a.order - b.order);
    if (next === undefined || next.at > until) return undefined;
    waiting = waiting.filter((one) => one !== next);
    return next;
  };

  return {
    shared,
    now,
    advance,
    schedule(at, what, run) {
      scheduled += 1;
      waiting.push({ at, order: scheduled, what, run });
    },
    nextAt: () => Math.min(...waiting.map(({ at }) => at)),
    async runDue(until = Number.POSITIVE_INFINITY) {
      for (let next = takeNext(until); next !== undefined; next = takeNext(until)) {
        advance(Math.max(0, next.at - now()));
        try {
          await next.run();
        } catch (cause) {
          throw new Error(`on the sandbox's clock: ${next.what}`, { cause });
        }
      }
    },
  };
}
