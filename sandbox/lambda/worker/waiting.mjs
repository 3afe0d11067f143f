import { realSetTimeout } from './timers.mjs';

/** Real milliseconds without any sign of life after which a function that waits for nothing counts as stuck. */
const stuckAfter = 500;

/** Reads of files, look-ups and the like: however long they take on a busy machine, they wake the function. */
const isAtWork = () => process.getActiveResourcesInfo().some((resource) => /req/i.test(resource));

/**
 * Lets the function's waits pass: as soon as it has nothing in flight and only a timer can wake it, the shared clock
 * moves to that timer. A function that nothing can wake any more, or only a timer beyond its deadline, has timed out.
 */
export function createWaiting({ clock, timers, requests, timedOut }) {
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

  function giveUp() {
    clock.advanceTo(deadline);
    deadline = undefined;
    timedOut();
  }

  function look() {
    if (deadline === undefined || requests.awaited()) return;
    quiet(2, () => {
      const timer = timers.next();
      if (timer !== undefined && timer.dueAt < deadline) {
        clock.advanceTo(timer.dueAt);
        timers.fire(timer);
        look();
      } else if (timer !== undefined || requests.hung()) giveUp();
      else quiet(stuckAfter, giveUp);
    });
  }

  return {
    look,
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
