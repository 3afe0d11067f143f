import { createActivity } from './activity.ts';
import type { Clock } from './parts.ts';

/** What a world does at once, what it does later, and when it has come to rest. */
export interface Settling {
  /** Something has begun that a story must wait for. */
  begin(what: Promise<void>): void;
  /** Runs something at a sandbox time; all that it sets off comes to rest before the clock moves on. */
  later(at: number, what: string, run: () => Promise<void>): void;
  /** Waits for rest; the clock moves on to whatever is due, but not beyond `until`. */
  settle(until?: number): Promise<void>;
  /** Moves the clock forward; what falls due on the way happens at its time. */
  advance(milliseconds: number): Promise<void>;
}

export function createSettling(clock: Clock): Settling {
  const activity = createActivity();

  async function settle(until?: number): Promise<void> {
    for (let before = -1; before !== activity.begun(); ) {
      before = activity.begun();
      await activity.idle();
      await clock.runDue(until);
    }
  }

  return {
    begin: activity.begin,
    later(at, what, run) {
      clock.schedule(at, what, async () => {
        activity.begin(run());
        await activity.idle();
      });
    },
    settle,
    async advance(milliseconds) {
      const until = clock.now() + milliseconds;
      await clock.runDue(until);
      clock.advance(Math.max(0, until - clock.now()));
      await settle();
    },
  };
}
