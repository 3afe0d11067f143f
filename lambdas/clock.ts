import { setTimeout as wait } from 'node:timers/promises';

/** The one clock: everything that asks for the time or waits is handed this. */
export interface Clock {
  now(): Date;
  sleep(milliseconds: number): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => {
    await wait(milliseconds);
  },
};
