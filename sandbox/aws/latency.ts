import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../parts.ts';

/** Lets calls and sleeping functions take their time on the sandbox's clock. */
export interface Latency {
  /**
   * Takes a call in, of an execution environment or, with null, of a principal outside the stack; what it returns is
   * awaited before the call is answered.
   */
  begin(serviceName: string, environmentId: string | null): (isAnswered: boolean) => Promise<void>;
  /** An environment begins to serve an event, and is called back when the clock reaches its deadline. */
  serve(environmentId: string, deadline: number, timeOut: () => void): void;
  /** Only the clock can wake this environment: it is called back at that time. */
  rest(environmentId: string, until: number, wake: () => void): void;
  /** An environment serves no event any more. */
  end(environmentId: string): void;
}

/**
 * A call of Lambda is at work for as long as the function runs, and so is the caller that waits for it: the function's
 * own calls must get their answers meanwhile.
 */
const worksByOthers = 'lambda';

/** Real time, and turns of the event loop, in which calls that were sent together have all come in. */
const settleMs = 3;
const settleTurns = 8;

interface Waiting {
  readonly due: number;
  readonly environmentId: string | null;
  readonly goOn: () => void;
}

/**
 * Calls and sleeps that overlap wait together, as they would: the clock moves to what is due next only when no call is
 * being worked on, none has come in for a moment, and every environment that serves an event waits. An environment that
 * still computes, on a machine with fewer cores than Lambda has, would otherwise come too late for all.
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
  const resting = new Map<string, Waiting>();
  const deadlines = new Map<string, Waiting>();
  let passing = false;
  /** Counts all that happens; as long as it stays the same nothing does. */
  let changes = 0;

  function isComputing(): boolean {
    const idle = new Set([
      ...waiting.map(({ environmentId }) => environmentId),
      ...elsewhere,
      ...resting.keys(),
    ]);
    return busyEnvironments().some((id) => !idle.has(id));
  }

  async function hasSettled(): Promise<boolean> {
    const before = changes;
    await sleep(settleMs);
    for (let count = 0; count < settleTurns; count += 1) await turn();
    return working === 0 && changes === before && !isComputing();
  }

  function advanceToNext(): void {
    const all = [...waiting, ...resting.values(), ...deadlines.values()];
    const due = Math.min(...all.map((one) => one.due));
    clock.advance(Math.max(0, due - clock.now()));
    changes += 1;
    const goingOn = all.filter((one) => one.due <= due);
    waiting = waiting.filter((one) => one.due > due);
    for (const map of [resting, deadlines]) {
      for (const [id, one] of map) if (one.due <= due) map.delete(id);
    }
    for (const one of goingOn) one.goOn();
  }

  async function passTime(): Promise<void> {
    if (passing) return;
    passing = true;
    while (waiting.length > 0 || resting.size > 0) if (await hasSettled()) advanceToNext();
    passing = false;
  }

  return {
    begin(serviceName, environmentId) {
      const latency = latencyMs[serviceName] ?? latencyMs.default ?? 0;
      const due = clock.now() + latency;
      const byOthers = serviceName === worksByOthers;
      changes += 1;
      if (environmentId !== null) resting.delete(environmentId);
      if (byOthers) elsewhere.push(environmentId);
      else working += 1;
      return (isAnswered) => {
        changes += 1;
        if (byOthers) elsewhere = elsewhere.toSpliced(elsewhere.indexOf(environmentId), 1);
        else working -= 1;
        if (latency === 0 || !isAnswered) return Promise.resolve();
        return new Promise((resolve, reject) => {
          waiting.push({ due, environmentId, goOn: resolve });
          passTime().catch(reject);
        });
      };
    },
    serve(environmentId, deadline, timeOut) {
      changes += 1;
      deadlines.set(environmentId, { due: deadline, environmentId, goOn: timeOut });
    },
    rest(environmentId, until, wake) {
      changes += 1;
      resting.set(environmentId, { due: until, environmentId, goOn: wake });
      void passTime();
    },
    end(environmentId) {
      changes += 1;
      resting.delete(environmentId);
      deadlines.delete(environmentId);
    },
  };
}
