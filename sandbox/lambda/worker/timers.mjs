import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const timersModule = require('node:timers');
const timersPromises = require('node:timers/promises');

/** Milliseconds, as in Node: a shorter wait takes as long, and none at all takes a turn of the event loop. */
const shortestWait = 1;

export const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;

class SandboxTimer {
  constructor(list, milliseconds, run) {
    this.list = list;
    this.milliseconds = milliseconds;
    this.run = run;
    this.refresh();
  }
  refresh() {
    this.list.add(this);
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return true;
  }
  close() {
    this.list.delete(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.list.idOf(this);
  }
  [Symbol.dispose]() {
    this.close();
  }
}

/** Replaces setTimeout, wherever a function may find it, by waits that pass on the sandbox's clock. */
export function installTimers(clock, added) {
  const pending = new Set();
  const ids = new Map();
  const list = {
    add(timer) {
      timer.dueAt = clock.now() + timer.milliseconds;
      pending.delete(timer);
      pending.add(timer);
      added();
    },
    delete: (timer) => pending.delete(timer),
    idOf(timer) {
      const id = 1_000_000_000 + ids.size;
      ids.set(id, timer);
      return id;
    },
  };

  function setSandboxTimeout(callback, milliseconds = 0, ...parts) {
    if (!(milliseconds > 0)) return realSetTimeout(callback, milliseconds, ...parts);
    return new SandboxTimer(list, Math.max(shortestWait, milliseconds), () => callback(...parts));
  }
  function clearSandboxTimeout(timer) {
    const found = timer instanceof SandboxTimer ? timer : ids.get(Number(timer));
    if (found) found.close();
    else realClearTimeout(timer);
  }
  function wait(milliseconds, value, { signal } = {}) {
    return new Promise((resolve, reject) => {
      const abort = () => {
        clearSandboxTimeout(timer);
        reject(signal.reason);
      };
      const timer = setSandboxTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve(value);
      }, milliseconds);
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }
  setSandboxTimeout[promisify.custom] = wait;
  Object.assign(globalThis, { setTimeout: setSandboxTimeout, clearTimeout: clearSandboxTimeout });
  Object.assign(timersModule, { setTimeout: setSandboxTimeout, clearTimeout: clearSandboxTimeout });
  timersPromises.setTimeout = wait;
  syncBuiltinESMExports();

  return {
    clear: () => pending.clear(),
    /** The timer that is due first; undefined when nothing waits. */
    next: () =>
      [...pending].reduce((first, timer) => (first && first.dueAt <= timer.dueAt ? first : timer), undefined),
    fire(timer) {
      pending.delete(timer);
      timer.run();
    },
  };
}
