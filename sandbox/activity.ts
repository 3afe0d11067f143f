/** What is going on in a world right now: runs of functions, deliveries of events and stream records. */
export interface Activity {
  /** Something has begun; its failure is a fault of the sandbox and comes out of `idle`. */
  begin(what: Promise<void>): void;
  /** How many things have begun so far. */
  begun(): number;
  /** Ends when nothing is going on any more, whatever was set off in the meantime included. */
  idle(): Promise<void>;
}

export function createActivity(): Activity {
  const going = new Set<Promise<void>>();
  const faults: unknown[] = [];
  let begun = 0;
  return {
    begin(what) {
      const tracked = what
        .catch((fault: unknown) => void faults.push(fault))
        .finally(() => going.delete(tracked));
      going.add(tracked);
      begun += 1;
    },
    begun: () => begun,
    async idle() {
      while (going.size > 0) await Promise.all(going);
      if (faults.length > 0) throw faults.shift();
    },
  };
}
