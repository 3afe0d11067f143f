// The inside of one execution environment: a worker thread that holds one function's bundled asset. Plain JavaScript,
// for a worker of Jest loads it as it is.
import { enableCompileCache, flushCompileCache, setSourceMapsSupport } from 'node:module';
import { format } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from './clock.mjs';
import { installOutput } from './output.mjs';
import { watchRequests } from './requests.mjs';
import { installTimers } from './timers.mjs';
import { createWaiting } from './waiting.mjs';

const {
  clockShared,
  entryUrl,
  handlerName,
  functionName,
  functionArn,
  memoryMb,
  logGroup,
  compileCache,
  sourceMaps,
} = workerData;

if (compileCache !== undefined) enableCompileCache(compileCache);
// Reading the source map takes a quarter of a cold start.
if (!sourceMaps) setSourceMapsSupport(false);

const send = (message) => parentPort.postMessage(message);
installOutput((text) => send({ kind: 'output', text }));
const clock = installClock(clockShared);
const look = () => waiting.look();
const timers = installTimers(clock, look);
const requests = watchRequests(look);
const waiting = createWaiting({ clock, timers, requests, rests: (until) => send({ kind: 'rests', until }) });

/** An error as Lambda reports it. */
function reported(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/** What Lambda itself writes into the log of a function that threw: the error with every field that shows in print. */
function logged(error, requestId) {
  const { errorType, errorMessage, trace: stackTrace } = reported(error);
  const timestamp = new Date().toISOString();
  const message = format('Invoke Error', error);
  return { timestamp, level: 'ERROR', requestId, message, errorType, errorMessage, stackTrace };
}

function contextFor({ requestId, deadline }) {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: logGroup,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - clock.now())),
  };
}

let isCached = compileCache === undefined;

async function run(handler, message) {
  waiting.begin(message.deadline);
  try {
    const result = await handler(message.event, contextFor(message));
    waiting.end();
    // An environment mostly ends by being terminated, which would leave nothing behind. Now the cache also holds what V8
    // has compiled for this event.
    if (!isCached) flushCompileCache();
    isCached = true;
    send({ kind: 'returned', payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    waiting.end();
    console.error(JSON.stringify(logged(error, message.requestId)));
    send({ kind: 'threw', error: reported(error) });
  }
}

try {
  const handler = (await import(entryUrl))[handlerName];
  if (typeof handler !== 'function') throw new Error(`${handlerName} is undefined or not exported`);
  parentPort.on('message', (message) => {
    if (message.kind === 'invoke') void run(handler, message);
    if (message.kind === 'world') {
      timers.clear();
      clock.use(message.clockShared);
    }
    if (message.kind === 'wake') waiting.wake();
    if (message.kind === 'noAnswer') requests.oneIsNeverAnswered();
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'broken', error: reported(error) });
}
