import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../parts.ts';

/** Lets calls take their time on the sandbox's clock, not on the reader's. */
export interface Latency {
  /** Takes a call in; what it returns is awaited before the call is answered. */
  begin(serviceName: string): (isAnswered: boolean) => Promise<void>;
}

/**
 * A call of Lambda is at work for as long as the function runs, and so are those who wait for the function's own calls:
 * these must get their answers meanwhile.
 */
const worksByOthers = 'lambda';

/** Real time in which calls that were sent together have all come in. */
const settleMs = 3;

/**
 * Calls that overlap wait together, as they would: the clock moves to the next due answer only when no call is being
 * worked on and none has come in for a moment.
 */
export function createLatency(clock: Clock, latencyMs: Readonly<Record<string, number>>): Latency {
  let working = 0;
  let waiting: { readonly due: number; readonly answer: () => void }[] = [];
  let passing = false;

  async function passTime(): Promise<void> {
    passing = true;
    while (waiting.length > 0) {
      const before = waiting.length;
      await sleep(settleMs);
      if (working > 0 || waiting.length !== before) continue;
      const due = Math.min(...waiting.map((one) => one.due));
      clock.advance(Math.max(0, due - clock.now()));
      const answered = waiting.filter((one) => one.due <= due);
      waiting = waiting.filter((one) => one.due > due);
      for (const one of answered) one.answer();
    }
    passing = false;
  }

  return {
    begin(serviceName) {
      const latency = latencyMs[serviceName] ?? latencyMs.default ?? 0;
      const due = clock.now() + latency;
      const counts = serviceName === worksByOthers ? 0 : 1;
      working += counts;
      return (isAnswered) => {
        working -= counts;
        if (latency === 0 || !isAnswered) return Promise.resolve();
        return new Promise((resolve, reject) => {
          waiting.push({ due, answer: resolve });
          if (!passing) passTime().catch(reject);
        });
      };
    },
  };
}
