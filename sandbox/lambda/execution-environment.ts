import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Aws, Clock, DeployedFunction } from '../parts.ts';
import { exited, type FunctionError, type Invocation, type InvocationResult, timedOut } from './result.ts';
import { environmentVariables, logGroupOf } from './variables.ts';
import { isKeepingWarm, keepWarmWorker, takeWarmWorker, type WarmWorker } from './warm-workers.ts';

/** What a worker says; see worker/boot.mjs. */
type Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'broken' | 'threw'; readonly error: FunctionError }
  | { readonly kind: 'returned'; readonly payload: string }
  /** Only the clock can wake it, at this time. */
  | { readonly kind: 'rests'; readonly until: number }
  | { readonly kind: 'output'; readonly text: string };

export interface Surroundings {
  readonly clock: Clock;
  readonly region: string;
  readonly aws: Pick<Aws, 'functionEndpoint' | 'credentialsForRole' | 'adoptCredentials' | 'environments'>;
  /** Whether environments may go on that served a world before, whose clock may have shown a later time. */
  readonly startsWarm?: boolean;
  /** Takes what functions print. */
  readonly output: (functionName: string, text: string) => void;
}

/** One execution environment of a function: a worker that holds its bundled asset. It serves one event at a time. */
export interface ExecutionEnvironment {
  readonly id: string;
  /** False once it was killed, timed out or broke down. */
  readonly alive: () => boolean;
  /** Do its credentials last for one more invocation? */
  readonly fresh: () => boolean;
  invoke(invocation: Invocation): Promise<InvocationResult>;
  /** A fault has met one of its calls. Its clients go by the time of that, so no world with an earlier time may have it. */
  struck(): void;
  /** Its world ends while it serves no event: it ends too, or waits for the next world. */
  retire(): void;
  /** Ends it at once, in the middle of whatever it does. */
  kill(): void;
  /** The call that it waits for is never answered. */
  noAnswer(): void;
}

/**
 * Names a directory for what V8 compiled of the bundles: a quarter off the cold starts of whoever makes many, as the
 * tests do. Files in it are named by the path of a bundle, so it should go when the bundles go.
 */
export const compileCacheVariable = 'ROOTDESK_COMPILE_CACHE';
/** Set to `off`, functions do without source maps: cold starts are quicker, stack traces name the bundle's lines. */
export const sourceMapsVariable = 'ROOTDESK_SOURCE_MAPS';
const bootFile = join(import.meta.dirname, 'worker/boot.mjs');

function startWorker(fn: DeployedFunction, env: Record<string, string>, clock: Clock): Worker {
  const [file = 'index', handlerName = 'handler'] = fn.handler.split(/\.(?=[^.]+$)/);
  return new Worker(bootFile, {
    env,
    workerData: {
      clockShared: clock.shared,
      entryUrl: pathToFileURL(join(fn.assetDirectory, `${file}.mjs`)).href,
      handlerName,
      functionName: fn.name,
      functionArn: fn.arn,
      memoryMb: fn.memoryMb,
      logGroup: logGroupOf(fn),
      compileCache: process.env[compileCacheVariable],
      sourceMaps: process.env[sourceMapsVariable] !== 'off',
    },
  });
}

/** Starts an environment of this function, or goes on with one that served a world before. */
function startOrTakeOver(
  fn: DeployedFunction,
  key: string,
  around: Surroundings,
): WarmWorker & { isCold: boolean } {
  const { aws, clock, region } = around;
  const warm = around.startsWarm ? takeWarmWorker(key) : undefined;
  if (warm !== undefined) {
    const { id, worker } = warm;
    const credentials = aws.adoptCredentials(warm.credentials, fn.roleArn, fn.name, id);
    worker.postMessage({ kind: 'world', clockShared: clock.shared });
    return { id, worker, credentials, isCold: false };
  }
  const id = randomUUID();
  const credentials = aws.credentialsForRole(fn.roleArn, fn.name, id);
  const logStream = `sandbox/[$LATEST]${id.replaceAll('-', '')}`;
  const place = { region, endpoint: aws.functionEndpoint, logStream };
  const worker = startWorker(fn, environmentVariables(fn, place, credentials), clock);
  return { id, worker, credentials, isCold: true };
}

export function startEnvironment(fn: DeployedFunction, around: Surroundings): ExecutionEnvironment {
  const { clock } = around;
  const key = JSON.stringify([fn, around.region]);
  const { id, worker, credentials, isCold } = startOrTakeOver(fn, key, around);
  let alive = true;
  let running:
    | { readonly requestId: string; readonly finish: (result: InvocationResult) => void }
    | undefined;
  const ready = Promise.withResolvers<FunctionError | null>();
  let isReady = !isCold;
  let isStruck = false;
  if (isReady) ready.resolve(null);

  const finish = (result: InvocationResult) => {
    const { finish: hand } = running ?? {};
    running = undefined;
    around.aws.environments.end(id);
    hand?.(result);
  };
  const end = (errorOf: (requestId: string) => FunctionError) => {
    if (!alive) return;
    alive = false;
    void worker.terminate();
    finish({ ok: false, error: errorOf(running?.requestId ?? id) });
    ready.resolve(errorOf(id));
  };
  const timeOut = () => {
    if (running === undefined) return;
    const seconds = fn.timeoutSeconds.toFixed(2);
    const at = new Date(clock.now()).toISOString();
    around.output(fn.name, `${at} ${running.requestId} Task timed out after ${seconds} seconds\n`);
    end((requestId) => timedOut(requestId, fn.timeoutSeconds));
  };

  worker.on('message', (message: Message) => {
    if (message.kind === 'output') return around.output(fn.name, message.text);
    if (!alive) return;
    if (message.kind === 'ready') {
      isReady = true;
      ready.resolve(null);
    }
    if (message.kind === 'broken') end(() => message.error);
    if (message.kind === 'threw') finish({ ok: false, error: message.error });
    if (message.kind === 'returned') finish({ ok: true, payload: JSON.parse(message.payload) });
    if (message.kind === 'rests') {
      around.aws.environments.rest(id, message.until, () => worker.postMessage({ kind: 'wake' }));
    }
  });
  worker.on('error', (error) => {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    end(() => ({ errorType: name, errorMessage: message, trace: stack.split('\n') }));
  });
  worker.on('exit', () => end(exited));

  return {
    id,
    alive: () => alive,
    fresh: () => clock.now() + (fn.timeoutSeconds + 60) * 1000 < credentials.expiresAt,
    async invoke({ requestId, event }) {
      const broken = await ready.promise;
      if (broken !== null) return { ok: false, error: broken };
      const deadline = clock.now() + fn.timeoutSeconds * 1000;
      return new Promise<InvocationResult>((done) => {
        running = { requestId, finish: done };
        around.aws.environments.serve(id, deadline, timeOut);
        worker.postMessage({ kind: 'invoke', requestId, event, deadline });
      });
    },
    struck() {
      isStruck = true;
    },
    retire() {
      if (!alive || !isReady || isStruck || !isKeepingWarm()) return end(exited);
      alive = false;
      keepWarmWorker(key, { id, worker, credentials });
    },
    kill: () => end(exited),
    noAnswer: () => worker.postMessage({ kind: 'noAnswer' }),
  };
}
