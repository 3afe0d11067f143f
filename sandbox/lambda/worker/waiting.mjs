import { realSetTimeout } from './timers.mjs';

/** Real milliseconds without any sign of life after which a function that waits for nothing counts as stuck. */
const stuckAfter = 500;

/**
 * Lets the function's waits pass: as soon as it has nothing in flight and only a timer can wake it, the shared clock
 * moves to that timer. A function that nothing can wake any more, or only a timer beyond its deadline, has timed out.
 */
export function createWaiting({ clock, timers, requests, timedOut }) {
  let deadline;
  let round = 0;

  function quiet(then) {
    const mine = ++round;
    const unlessDisturbed = (next) => () => {
      if (mine === round && deadline !== undefined && !requests.awaited()) next();
    };
    const turns = (count, next) =>
      setImmediate(unlessDisturbed(count === 0 ? next : () => turns(count - 1, next)));
    turns(3, () =>
      realSetTimeout(
        unlessDisturbed(() => turns(3, then)),
        2,
      ),
    );
    return unlessDisturbed;
  }

  function giveUp() {
    clock.advanceTo(deadline);
    deadline = undefined;
    timedOut();
  }

  function look() {
    if (deadline === undefined || requests.awaited()) return;
    const unlessDisturbed = quiet(() => {
      const timer = timers.next();
      if (timer !== undefined && timer.dueAt < deadline) {
        clock.advanceTo(timer.dueAt);
        timers.fire(timer);
        look();
      } else if (timer !== undefined || requests.hung()) giveUp();
      else realSetTimeout(unlessDisturbed(giveUp), stuckAfter);
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
