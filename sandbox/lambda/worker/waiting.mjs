import { realSetTimeout } from './timers.mjs';

/** Real milliseconds without any sign of life after which a function that waits for nothing counts as stuck. */
const stuckAfter = 500;

/** Reads of files, look-ups and the like: however long they take on a busy machine, they wake the function. */
const isAtWork = () => process.getActiveResourcesInfo().some((resource) => /req/i.test(resource));

/**
 * Reports, as soon as a function has nothing in flight and only the clock can wake it, when that is: at its next timer, or
 * at its deadline. The sandbox moves the clock once every other function waits too, and wakes it.
 */
export function createWaiting({ clock, timers, requests, rests }) {
  let deadline;
  let round = 0;

  /** Calls back when nothing has happened for so many real milliseconds, and nothing is left to be taken in. */
  function quiet(milliseconds, then) {
    const mine = ++round;
    const unlessDisturbed = (next) => () => {
      if (mine === round && deadline !== undefined && !requests.awaited()) next();
    };
    // On a busy machine a timer may fire before what came in long before it has been looked at.
    const turns = (count, next) =>
      setImmediate(unlessDisturbed(count === 0 ? next : () => turns(count - 1, next)));
    const afterWork = () => {
      if (isAtWork()) realSetTimeout(unlessDisturbed(afterWork), 2);
      else then();
    };
    turns(3, () =>
      realSetTimeout(
        unlessDisturbed(() => turns(3, afterWork)),
        milliseconds,
      ),
    );
  }

  function look() {
    if (deadline === undefined || requests.awaited()) return;
    quiet(2, () => {
      const timer = timers.next();
      if (timer !== undefined) rests(Math.min(timer.dueAt, deadline));
      else if (requests.hung()) rests(deadline);
      else quiet(stuckAfter, () => rests(deadline));
    });
  }

  return {
    look,
    /** The clock has moved: the timer that is due goes off. */
    wake() {
      const timer = timers.next();
      if (deadline !== undefined && timer !== undefined && timer.dueAt <= clock.now()) timers.fire(timer);
      look();
    },
    begin(until) {
      deadline = until;
      look();
    },
    end() {
      deadline = undefined;
      round += 1;
    },
  };
}
