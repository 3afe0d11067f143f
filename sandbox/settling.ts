import { createActivity } from './activity.ts';
import type { Clock } from './parts.ts';
import { createTimetable, type Recurrence } from './timetable.ts';

/** What a world does at once, what it does later, and when it has come to rest. */
export interface Settling {
  /** Something has begun that a story must wait for. */
  begin(what: Promise<void>): void;
  /** Runs something at a sandbox time; all that it sets off comes to rest before the clock moves on. */
  later(at: number, what: string, run: () => Promise<void>): void;
  /**
   * Runs something whenever the clock passes the times at which it is due; a world at rest does not wait for it. Gives
   * what ends it.
   */
  every(recurrence: Recurrence, run: (dueAt: number) => Promise<void>): () => void;
  /** Waits for rest; the clock moves on to whatever is due, but not beyond `until`. */
  settle(until?: number): Promise<void>;
  /** Moves the clock forward; what falls due on the way happens at its time. */
  advance(milliseconds: number): Promise<void>;
}

export function createSettling(clock: Clock): Settling {
  const activity = createActivity();
  const timetable = createTimetable();
  /** When what a step of the story set off is due to go on. */
  const ofStory: number[] = [];
  /**
   * Does what runs now go back to something that recurs? What that sets off in turn is waited for until it is due again
   * and no longer: a sweep that fails each time would otherwise keep the world busy for ever.
   */
  let recursNow = false;

  /** Does what is due by then in the order of time; each comes to rest before the clock moves on. */
  async function passTime(until: number, forItsOwnSake: boolean): Promise<void> {
    const comesBy = (at: number) => at !== Number.POSITIVE_INFINITY && at <= until;
    for (;;) {
      await activity.idle();
      const waiting = clock.nextAt();
      const recurring = timetable.nextAt();
      if (!comesBy(Math.min(waiting, recurring))) return;
      const awaited = forItsOwnSake || comesBy(Math.min(...ofStory));
      if (waiting < recurring) await clock.runDue(waiting);
      else if (awaited || recurring <= clock.now()) await fireNext();
      else return;
    }
  }

  async function fireNext(): Promise<void> {
    const { dueAt, fire } = timetable.takeNext();
    clock.advance(Math.max(0, dueAt - clock.now()));
    await toRest(true, fire);
  }

  async function toRest(recurs: boolean, run: () => Promise<void>): Promise<void> {
    recursNow = recurs;
    activity.begin(run());
    await activity.idle().finally(() => {
      recursNow = false;
    });
  }

  async function settle(until = Number.POSITIVE_INFINITY): Promise<void> {
    timetable.begin(null);
    await passTime(until, false);
  }

  return {
    begin: activity.begin,
    later(at, what, run) {
      const recurs = recursNow;
      if (!recurs) ofStory.push(at);
      clock.schedule(at, what, async () => {
        if (!recurs) ofStory.splice(ofStory.indexOf(at), 1);
        await toRest(recurs, run);
      });
    },
    every: timetable.add,
    settle,
    async advance(milliseconds) {
      const until = clock.now() + milliseconds;
      timetable.begin(until);
      await passTime(until, true);
      clock.advance(Math.max(0, until - clock.now()));
      await settle();
    },
  };
}
