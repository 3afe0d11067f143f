import { Worker } from 'node:worker_threads';

/**
 * Starts loops that do nothing but take a core each, and gives what stops them. They are threads of this process: they
 * end with it, however it ends.
 */
export function startBusyLoops(count: number): () => Promise<void> {
  const loops = Array.from({ length: count }, () => new Worker('for (;;);', { eval: true }));
  return async () => {
    await Promise.all(loops.map((loop) => loop.terminate()));
  };
}
