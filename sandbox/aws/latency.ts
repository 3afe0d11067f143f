import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../parts.ts';

/** Lets calls take their time on the sandbox's clock, not on the reader's. */
export interface Latency {
  /**
   * Takes a call in, of an execution environment or, with null, of somebody else; what it returns is awaited before the
   * call is answered.
   */
  begin(serviceName: string, environmentId: string | null): (isAnswered: boolean) => Promise<void>;
}

/**
 * A call of Lambda is at work for as long as the function runs, and so is who waits for it: the function's own calls
 * must get their answers meanwhile.
 */
const worksByOthers = 'lambda';

/** Real time in which calls that were sent together have all come in. */
const settleMs = 3;

/** Real time after which an environment that neither calls nor ends holds up nobody any more. */
const patienceMs = 2000;

interface Waiting {
  readonly due: number;
  readonly environmentId: string | null;
  readonly answer: () => void;
}

/**
 * Calls that overlap wait together, as they would: the clock moves to the next due answer only when no call is being
 * worked on, none has come in for a moment, and every environment that serves an event waits for an answer. An
 * environment that still computes, on a machine with fewer cores than Lambda has, would otherwise come too late for all.
 */
export function createLatency(
  clock: Clock,
  latencyMs: Readonly<Record<string, number>>,
  busyEnvironments: () => readonly string[],
): Latency {
  let working = 0;
  let waiting: Waiting[] = [];
  /** Environments that wait for other functions, once for each call. */
  let elsewhere: (string | null)[] = [];
  let passing = false;
  let lastChange = 0;

  function somebodyComputes(): boolean {
    if (performance.now() - lastChange > patienceMs) return false;
    const resting = new Set([...waiting.map(({ environmentId }) => environmentId), ...elsewhere]);
    return busyEnvironments().some((id) => !resting.has(id));
  }

  async function passTime(): Promise<void> {
    passing = true;
    while (waiting.length > 0) {
      const before = waiting.length;
      await sleep(settleMs);
      if (working > 0 || waiting.length !== before || somebodyComputes()) continue;
      const due = Math.min(...waiting.map((one) => one.due));
      clock.advance(Math.max(0, due - clock.now()));
      const answered = waiting.filter((one) => one.due <= due);
      waiting = waiting.filter((one) => one.due > due);
      lastChange = performance.now();
      for (const one of answered) one.answer();
    }
    passing = false;
  }

  return {
    begin(serviceName, environmentId) {
      const latency = latencyMs[serviceName] ?? latencyMs.default ?? 0;
      const due = clock.now() + latency;
      const byOthers = serviceName === worksByOthers;
      lastChange = performance.now();
      if (byOthers) elsewhere.push(environmentId);
      else working += 1;
      return (isAnswered) => {
        lastChange = performance.now();
        if (byOthers) elsewhere = elsewhere.toSpliced(elsewhere.indexOf(environmentId), 1);
        else working -= 1;
        if (latency === 0 || !isAnswered) return Promise.resolve();
        return new Promise((resolve, reject) => {
          waiting.push({ due, environmentId, answer: resolve });
          if (!passing) passTime().catch(reject);
        });
      };
    },
  };
}
