import type { Clock } from './parts.ts';

interface Scheduled {
  readonly at: number;
  readonly order: number;
  readonly what: string;
  readonly run: () => Promise<void>;
}

/**
 * A sandbox clock that shows `startAt` (milliseconds since 1970; default: the real time) until it is moved. Real time does
 * not move it: a story takes the same time on every machine.
 */
export function createClock(startAt: number = Date.now()): Clock {
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const time = new Float64Array(shared);
  time[0] = startAt;
  let waiting: Scheduled[] = [];
  let scheduled = 0;

  const now = () => time[0] ?? startAt;

  const advance = (milliseconds: number) => {
    if (!Number.isFinite(milliseconds) || milliseconds < 0) {
      throw new RangeError(`the sandbox's clock moves forward only, not by ${milliseconds} ms`);
    }
    time[0] = now() + milliseconds;
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
