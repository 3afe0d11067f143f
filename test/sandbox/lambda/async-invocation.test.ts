import { createClock } from '../../../sandbox/clock.ts';
import { createAsyncInvocations } from '../../../sandbox/lambda/async-invocation.ts';
import { checkDestinations, createFailureDestination } from '../../../sandbox/lambda/failure-destination.ts';
import type { Invocation, InvocationResult } from '../../../sandbox/lambda/result.ts';
import type { DeployedFunction } from '../../../sandbox/parts.ts';
import { givenDeployment, givenFunction } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';

const queueArn = 'arn:aws:sqs:eu-central-1:222222222222:failures';
const failed: InvocationResult = {
  ok: false,
  error: { errorType: 'Error', errorMessage: 'throttled', trace: [] },
};
const succeeded: InvocationResult = { ok: true, payload: null };

function given(options: {
  readonly results: InvocationResult[];
  readonly asyncInvoke?: Partial<DeployedFunction['asyncInvoke']>;
  readonly maySend?: boolean;
  readonly loses?: 'serverError';
}) {
  const { results, asyncInvoke, maySend = true } = options;
  const clock = createClock(startOfStory);
  const fn = givenFunction({
    asyncInvoke: { ...givenFunction().asyncInvoke, onFailureArn: queueArn, ...asyncInvoke },
  });
  const attempts: { readonly seconds: number; readonly invocation: Invocation }[] = [];
  const queued: [string, Record<string, unknown>][] = [];
  const lost: string[] = [];
  const asked: unknown[] = [];
  const destination = createFailureDestination({
    decide: async (request) => {
      asked.push(request);
      return { allowed: maySend, reason: maySend ? 'allowed' : 'no identity-based policy allows it' };
    },
    enqueue: (arn, { body }) => void queued.push([arn, JSON.parse(body)]),
    strikeHandOver(operation) {
      asked.push(operation);
      return options.loses;
    },
    dropped: (what) => void lost.push(what),
  });
  const invocations = createAsyncInvocations({
    clock,
    destination,
    later: (at, what, run) => clock.schedule(at, what, run),
    invoke: async (_fn, invocation) => {
      attempts.push({ seconds: Math.round((clock.now() - startOfStory) / 1000), invocation });
      return results.shift() ?? succeeded;
    },
  });
  const run = async () => {
    await invocations.accept(fn, { detail: 'event' });
    await clock.runDue();
  };
  return { run, fn, attempts, queued, lost, asked };
}

test('an event that a function handles is not tried again', async () => {
  const { run, attempts, queued } = given({ results: [succeeded] });

  await run();

  expect(attempts.map(({ seconds }) => seconds)).toEqual([0]);
  expect(queued).toEqual([]);
});

test('a failed event is tried again after one minute and after three, under one request id', async () => {
  const { run, attempts, queued } = given({ results: [failed, failed, succeeded] });

  await run();

  expect(attempts.map(({ seconds }) => seconds)).toEqual([0, 60, 180]);
  expect(new Set(attempts.map(({ invocation }) => invocation.requestId)).size).toBe(1);
  expect(queued).toEqual([]);
});

test('an event that failed on every try goes to the failure destination, as Lambda writes it', async () => {
  const { run, fn, attempts, queued, asked } = given({ results: [failed, failed, failed] });

  await run();

  expect(queued).toEqual([
    [
      queueArn,
      {
        version: '1.0',
        timestamp: expect.stringMatching(/^2026-11-20T10:03:0/),
        requestContext: {
          requestId: attempts[0]?.invocation.requestId,
          functionArn: `${fn.arn}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { detail: 'event' },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType: 'Error', errorMessage: 'throttled', trace: [] },
      },
    ],
  ]);
  expect(asked).toEqual([
    { principalArn: fn.roleArn, action: 'sqs:SendMessage', resource: queueArn },
    'DeliverToDestination',
  ]);
});

test('retries end when the event would be too old, or when there are none', async () => {
  const tooOld = given({ results: [failed, failed, failed], asyncInvoke: { maximumEventAgeSeconds: 90 } });
  const none = given({ results: [failed, failed, failed], asyncInvoke: { maximumRetryAttempts: 0 } });

  await tooOld.run();
  await none.run();

  expect(tooOld.attempts.map(({ seconds }) => seconds)).toEqual([0, 60]);
  expect(tooOld.queued[0]?.[1]).toMatchObject({ requestContext: { condition: 'EventAgeExceeded' } });
  expect(none.attempts).toHaveLength(1);
  expect(none.queued[0]?.[1]).toMatchObject({ requestContext: { condition: 'RetriesExhausted' } });
});

test('a role that may not send to the destination loses the event, with a word', async () => {
  const { run, queued, lost } = given({ results: [failed, failed, failed], maySend: false });

  await run();

  expect(queued).toEqual([]);
  expect(lost).toEqual([expect.stringContaining('no identity-based policy allows it')]);
});

test('a delivery to the destination that fails loses the event, with a word in the log only', async () => {
  const { run, queued, lost } = given({ results: [failed, failed, failed], loses: 'serverError' });

  await run();

  expect(queued).toEqual([]);
  expect(lost).toEqual([
    expect.stringMatching(/^echo could not send to its failure destination .*serverError$/),
  ]);
});

test('a destination that is no queue of the stack is refused when the world starts', () => {
  const { fn } = given({ results: [] });

  expect(() => checkDestinations(givenDeployment({ functions: [fn] }))).toThrow(queueArn);
});
