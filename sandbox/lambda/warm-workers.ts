import type { Worker } from 'node:worker_threads';
import type { Credentials } from '../parts.ts';

/** The worker of an execution environment whose world has ended; the next world may go on with it. */
export interface WarmWorker {
  readonly id: string;
  readonly worker: Worker;
  readonly credentials: Credentials;
}

const workersAtMost = 12;
let isKeeping = false;
let kept: { readonly key: string; readonly warm: WarmWorker }[] = [];

/**
 * From now on environments outlive their world, until `endWarmWorkers`: a test that plays several stories saves a cold
 * start for each. They are reset like the environments of Lambda between two events: the clock, the credentials' expiry
 * and the world behind the endpoint are the new ones; modules stay loaded.
 */
export function keepWorkersWarm(): void {
  isKeeping = true;
}

/** Whether environments outlive their world in this process. */
export function isKeepingWarm(): boolean {
  return isKeeping;
}

/** Ends every worker that waits for a world. */
export async function endWarmWorkers(): Promise<void> {
  const ended = kept.map(({ warm }) => warm.worker.terminate());
  kept = [];
  await Promise.all(ended);
}

/** Node's own listeners stay: without them a worker hears of no message. */
function forgetListeners(worker: Worker): Worker {
  for (const event of ['message', 'error', 'exit'] as const) worker.removeAllListeners(event);
  return worker;
}

/** Takes over a worker that holds the same function; undefined when none waits. */
export function takeWarmWorker(key: string): WarmWorker | undefined {
  const at = kept.findLastIndex((one) => one.key === key);
  const [found] = at < 0 ? [] : kept.splice(at, 1);
  if (found === undefined) return undefined;
  forgetListeners(found.warm.worker).ref();
  return found.warm;
}

/** Keeps an idle worker for the next world; the one that has waited longest makes room for it. */
export function keepWarmWorker(key: string, warm: WarmWorker): void {
  const { worker } = warm;
  forgetListeners(worker).unref();
  worker.on('error', () => {
    kept = kept.filter((one) => one.warm !== warm);
  });
  kept.push({ key, warm });
  const oldest = kept.length > workersAtMost ? kept.shift() : undefined;
  void oldest?.warm.worker.terminate();
}
