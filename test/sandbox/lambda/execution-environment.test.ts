import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type ExecutionEnvironment,
  startEnvironment,
} from '../../../sandbox/lambda/execution-environment.ts';
import type { DeployedFunction } from '../../../sandbox/parts.ts';
import { givenFunction } from '../fixtures/given-deployment.ts';
import { givenSurroundings, startOfStory } from '../fixtures/given-surroundings.ts';

const started: { kill(): void }[] = [];
afterEach(() => {
  for (const one of started.splice(0)) one.kill();
});

function start(asset: string, own: Partial<DeployedFunction> = {}, endpoint?: string) {
  const surroundings = givenSurroundings(endpoint);
  const environment = startEnvironment(givenFunction(own, asset), surroundings.around);
  started.push(environment);
  return { environment, ...surroundings };
}

async function payloadOf(
  environment: ExecutionEnvironment,
  event: unknown,
): Promise<Record<string, unknown>> {
  const result = await environment.invoke({ requestId: 'request-1', event });
  if (!result.ok) throw new Error(`the function failed: ${JSON.stringify(result.error)}`);
  return result.payload as Record<string, unknown>;
}

async function errorOf(environment: ExecutionEnvironment, event: unknown) {
  const result = await environment.invoke({ requestId: 'request-1', event });
  if (result.ok) throw new Error('the function did not fail');
  return result.error;
}

/** An S3 that answers with the path that it was asked for, or as told. */
async function startS3(
  answer?: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(
    answer ?? ((request, response) => response.writeHead(200).end(JSON.stringify({ path: request.url }))),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  started.push({
    kill() {
      server.closeAllConnections();
      server.close();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a function sees exactly its own variables, what Lambda sets, and where AWS answers', async () => {
  const { environment } = start('echo', { environment: { TABLE: 'trail' } });

  const { environment: variables } = await payloadOf(environment, {});

  expect(variables).toEqual({
    TABLE: 'trail',
    _HANDLER: 'index.handler',
    AWS_REGION: 'eu-central-1',
    AWS_DEFAULT_REGION: 'eu-central-1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'echo',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'Text',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/echo',
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringContaining('[$LATEST]'),
    AWS_ACCESS_KEY_ID: 'ASIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    LAMBDA_TASK_ROOT: expect.stringMatching(/functions.echo$/),
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  });
});

test('a function gets its event, its context and the clock of the sandbox', async () => {
  const { environment } = start('echo');

  const payload = await payloadOf(environment, { ticket: 'SEC-1234' });
  const { now, remaining } = payload;

  expect(payload).toMatchObject({
    event: { ticket: 'SEC-1234' },
    requestId: 'request-1',
    functionName: 'echo',
    dates: [true, true, '1970-01-01T00:00:00.000Z'],
  });
  expect(Number(now) - startOfStory).toBeLessThan(5000);
  expect(remaining).toBeGreaterThan(29_000);
  expect(remaining).toBeLessThanOrEqual(30_000);
});

test('an environment is reused, and follows the clock when the sandbox moves it', async () => {
  const { environment, clock } = start('echo');
  const { now: before } = await payloadOf(environment, {});

  clock.advance(3_600_000);
  const { now: after } = await payloadOf(environment, {});

  expect(Number(after) - Number(before)).toBeGreaterThanOrEqual(3_600_000);
});

test('what a function prints and throws comes out as Lambda gives it', async () => {
  const { environment, printed } = start('echo');

  const error = await errorOf(environment, { print: { level: 'INFO' }, throw: 'out of range' });

  expect(printed[0]).toBe('{"level":"INFO"}\n');
  expect(JSON.parse(printed[1] ?? '')).toMatchObject({
    level: 'ERROR',
    requestId: 'request-1',
    errorType: 'RangeError',
    errorMessage: 'out of range',
  });
  expect(error).toMatchObject({ errorType: 'RangeError', errorMessage: 'out of range' });
  expect(error.trace?.[0]).toBe('RangeError: out of range');
  expect(environment.alive()).toBe(true);
});

test.each([undefined, 'promises', 'promisified'])(
  'a wait passes on the clock of the sandbox (%s)',
  async (how) => {
    const { environment, clock } = start('waits');

    const { passed, remaining } = await payloadOf(environment, { milliseconds: 20_000, how });

    expect(passed).toBeGreaterThanOrEqual(19_999);
    expect(passed).toBeLessThan(21_000);
    expect(remaining).toBeLessThanOrEqual(10_001);
    expect(clock.now() - startOfStory).toBeGreaterThanOrEqual(19_999);
  },
);

test('a wait that is cancelled does not move the clock', async () => {
  const { environment } = start('waits');

  const { passed } = await payloadOf(environment, { milliseconds: 20_000, how: 'cleared' });

  expect(passed).toBeLessThan(1000);
});

test('a wait beyond the deadline ends the function with its time out, in no real time', async () => {
  const { environment, clock, printed } = start('waits', { timeoutSeconds: 50 });

  const error = await errorOf(environment, { milliseconds: 60_000 });

  expect(error).toEqual({
    errorType: 'Sandbox.Timedout',
    errorMessage: 'RequestId: request-1 Error: Task timed out after 50.00 seconds',
  });
  expect(printed.join('')).toContain('request-1 Task timed out after 50.00 seconds');
  expect(clock.now() - startOfStory).toBeGreaterThanOrEqual(50_000);
  expect(clock.now() - startOfStory).toBeLessThan(55_000);
  expect(environment.alive()).toBe(false);
});

test('a function that nothing can wake times out', async () => {
  const { environment } = start('echo');

  expect(await errorOf(environment, { forever: true })).toMatchObject({ errorType: 'Sandbox.Timedout' });
});

test('a function that reads a file is not stuck, however long that takes', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-slow-file-'));
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const { environment, clock } = start('reads');
  // Longer than a function that gives no sign of life counts as alive.
  const writing = setTimeout(() => {
    // Fails, instead of waiting, where nobody reads any more.
    const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    writeSync(pipe, 'at last');
    closeSync(pipe);
  }, 1500);
  try {
    expect(await payloadOf(environment, { path })).toEqual({ text: 'at last' });
    expect(clock.now() - startOfStory).toBeLessThan(25_000);
  } finally {
    clearTimeout(writing);
    rmSync(directory, { recursive: true });
  }
});

test('a function that ends its process, or never started, is an error of the runtime', async () => {
  const { environment } = start('echo');
  const { environment: broken } = start('broken');

  expect(await errorOf(environment, { exit: true })).toMatchObject({ errorType: 'Runtime.ExitError' });
  expect(await errorOf(broken, {})).toMatchObject({ errorMessage: 'no settings in the bundle' });
});

test('the real S3 client uses path style of itself, for the endpoint is an address', async () => {
  const { environment } = start('calls-s3', {}, await startS3());

  const result = await environment.invoke({ requestId: 'request-1', event: { bucket: 'project-prod-1' } });

  expect(result).toEqual({ ok: true, payload: '{"path":"/project-prod-1/?policy="}' });
});

test('a call that is never answered ends by its own time out, on the clock of the sandbox', async () => {
  const endpoint = await startS3(() => environment.noAnswer());
  const { environment, clock } = start('calls-s3', {}, endpoint);

  const error = await errorOf(environment, { bucket: 'project-prod-1' });

  expect(error.errorType).toBe('TimeoutError');
  expect(clock.now() - startOfStory).toBeGreaterThanOrEqual(5000);
  expect(clock.now() - startOfStory).toBeLessThan(10_000);
});

test('an environment that is killed in the middle of a call makes no other', async () => {
  let calls = 0;
  const endpoint = await startS3((_request, response) => {
    calls += 1;
    environment.kill();
    response.destroy();
  });
  const { environment } = start('calls-s3', {}, endpoint);

  expect(await errorOf(environment, { bucket: 'project-prod-1' })).toMatchObject({
    errorType: 'Runtime.ExitError',
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(calls).toBe(1);
});
