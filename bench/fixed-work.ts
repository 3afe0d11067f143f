import { Worker } from 'node:worker_threads';

const threads = 2;

/** What comes of the fixed work: a thread that left out a part of it would have another. */
const digest = 'a888b6d0f6dc6eb1a2ae526df673c4bf88ce6a18dac93a0d28d4820a1534b1dc';

export const fixedWork = `${threads} threads at once, each parsing, writing and hashing a policy of 4 KB 60,000 times`;

/** Seconds that the fixed work takes now: what a machine, and what else it is doing, make of any other time. */
export async function timeFixedWork(): Promise<number> {
  const begun = performance.now();
  const digests = await Promise.all(Array.from({ length: threads }, runThread));
  const seconds = (performance.now() - begun) / 1000;
  if (digests.some((one) => one !== digest)) throw new Error(`the fixed work came to ${digests.join(', ')}`);
  return seconds;
}

function runThread(): Promise<unknown> {
  const worker = new Worker(new URL('./fixed-work-thread.ts', import.meta.url));
  return new Promise((done, fail) => {
    worker.once('message', done);
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('a thread of the fixed work ended without a result')));
  });
}
