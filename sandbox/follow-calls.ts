import type { CallRecord } from './parts.ts';

/** How often the call log is looked at, in milliseconds. */
const interval = 5;

/** Tells a listener of every call, in order, soon after it was answered. */
export function followCalls(calls: readonly CallRecord[], listener: (call: CallRecord) => void) {
  let told = 0;
  const tell = () => {
    for (const call of calls.slice(told)) {
      told += 1;
      listener(call);
    }
  };
  const timer = setInterval(tell, interval);
  return {
    /** Tells of what is there by now. */
    catchUp: tell,
    stop: () => clearInterval(timer),
  };
}
