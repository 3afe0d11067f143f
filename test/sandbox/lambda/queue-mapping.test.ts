import { createClock } from '../../../sandbox/clock.ts';
import { checkQueueReads } from '../../../sandbox/lambda/queue-consumers.ts';
import { createQueueMapping } from '../../../sandbox/lambda/queue-mapping.ts';
import type { InvocationResult } from '../../../sandbox/lambda/result.ts';
import type { DeployedQueue, DeployedQueueMapping } from '../../../sandbox/parts.ts';
import { createQueues, type NewMessage } from '../../../sandbox/queues.ts';
import { givenDeployment, givenFunction, givenQueue } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';

interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
}
type Records = readonly SqsRecord[];

const parking = givenQueue('parking');
const failures = givenQueue('failures', { redrive: { deadLetterArn: parking.arn, maxReceiveCount: 3 } });
const usual: DeployedQueueMapping = {
  functionArn: givenFunction().arn,
  queueArn: failures.arn,
  batchSize: 10,
  reportBatchItemFailures: false,
  maximumConcurrency: null,
};
const ok = (payload: unknown = null): InvocationResult => ({ ok: true, payload });
const failed: InvocationResult = { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };
const message = (body: string): NewMessage => ({ body, senderId: 'AROAEXAMPLE' });

function given(
  own: Partial<DeployedQueueMapping>,
  answer: (records: Records) => InvocationResult | Promise<InvocationResult>,
) {
  const clock = createClock(startOfStory);
  const batches: { readonly seconds: number; readonly bodies: string[] }[] = [];
  const events: unknown[] = [];
  const queues = createQueues({
    queues: [failures, parking],
    clock,
    arrived: () => undefined,
    expired: () => undefined,
  });
  const { poll } = createQueueMapping({
    mapping: { ...usual, ...own },
    fn: givenFunction(),
    clock,
    queues,
    later: (at, what, run) => clock.schedule(at, what, run),
    invoke: async (_fn, { event }) => {
      events.push(event);
      const { Records: records } = event as { Records: Records };
      batches.push({
        seconds: Math.round((clock.now() - startOfStory) / 1000),
        bodies: records.map(({ body }) => body),
      });
      return answer(records);
    },
  });
  const take = async (...messages: NewMessage[]) => {
    for (const one of messages) queues.send(failures.arn, one);
    await poll();
    await clock.runDue();
  };
  const left = (queue: DeployedQueue) => queues.waiting(queue.arn).map(({ body }) => body);
  return { take, batches, events, left };
}

test('a function gets a message in the shape of an SQS event, and what it has done is deleted', async () => {
  const { take, events, left } = given({}, () => ok());
  const RULE_ARN = { dataType: 'String', stringValue: 'arn:aws:events:rule' };

  await take({ ...message('{"a":1}'), attributes: { RULE_ARN } });

  expect(events).toEqual([
    {
      Records: [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: '{"a":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: expect.stringMatching(/^17\d{11}$/),
            SenderId: 'AROAEXAMPLE',
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^17\d{11}$/),
          },
          messageAttributes: {
            RULE_ARN: {
              stringValue: 'arn:aws:events:rule',
              stringListValues: [],
              binaryListValues: [],
              dataType: 'String',
            },
          },
          md5OfBody: 'bb6cb5c68df4652941caf652a366f2d8',
          eventSource: 'aws:sqs',
          eventSourceARN: failures.arn,
          awsRegion: 'eu-central-1',
        },
      ],
    },
  ]);
  expect(left(failures)).toEqual([]);
});

test('a failed batch shows again after the visibility timeout, and is parked after the last receive', async () => {
  const { take, batches, events, left } = given({}, () => failed);

  await take(message('a'), message('b'));

  expect(batches).toEqual([0, 30, 60].map((seconds) => ({ seconds, bodies: ['a', 'b'] })));
  expect(events.at(-1)).toMatchObject({ Records: [{ attributes: { ApproximateReceiveCount: '3' } }, {}] });
  expect(left(failures)).toEqual([]);
  expect(left(parking)).toEqual(['a', 'b']);
});

test('of a batch only the messages that are reported as failed show again', async () => {
  let failing = true;
  const { take, batches, left } = given({ reportBatchItemFailures: true }, (records) => {
    const itemIdentifier = records.find(({ body }) => body === 'b')?.messageId;
    const batchItemFailures = failing ? [{ itemIdentifier }] : [];
    failing = false;
    return ok({ batchItemFailures });
  });

  await take(message('a'), message('b'), message('c'));

  expect(batches.map(({ bodies }) => bodies)).toEqual([['a', 'b', 'c'], ['b']]);
  expect(left(failures)).toEqual([]);
  expect(left(parking)).toEqual([]);
});

test.each([
  { batchItemFailures: [{ itemIdentifier: 'unknown' }] },
  { batchItemFailures: [{ itemIdentifier: '' }] },
  { batchItemFailures: [{ id: 'x' }] },
  'text',
])('an answer that is not understood fails the whole batch: %j', async (payload) => {
  let answers = 0;
  const { take, batches } = given({ reportBatchItemFailures: true }, () =>
    ok(answers++ === 0 ? payload : null),
  );

  await take(message('a'));

  expect(batches).toHaveLength(2);
});

test('without ReportBatchItemFailures the answer of a function does not count', async () => {
  const { take, batches } = given({}, (records) =>
    ok({ batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })) }),
  );

  await take(message('a'));

  expect(batches).toHaveLength(1);
});

test.each([
  [null, 5],
  [2, 2],
])('with MaximumConcurrency %s no more than %i batches run at once', async (maximumConcurrency, most) => {
  let running = 0;
  const atOnce: number[] = [];
  const { take, left } = given({ batchSize: 1, maximumConcurrency }, async () => {
    running += 1;
    atOnce.push(running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return ok();
  });

  await take(...Array.from({ length: 12 }, (_, index) => message(String(index))));

  expect(Math.max(...atOnce)).toBe(most);
  expect(atOnce).toHaveLength(12);
  expect(left(failures)).toEqual([]);
});

describe('before a story begins', () => {
  const deployment = givenDeployment({
    functions: [givenFunction()],
    queues: [failures, parking],
    queueMappings: [usual],
  });

  test.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])(
    'a role that may not %s is refused',
    async (missing) => {
      const check = checkQueueReads(deployment, async ({ action, resource }) => ({
        allowed: action !== missing && resource === failures.arn,
        reason: 'no identity-based policy allows it',
      }));

      await expect(check).rejects.toThrow(`the role of echo may not ${missing} on ${failures.arn}`);
    },
  );

  test('a queue that shows its messages again while the function still runs is refused', async () => {
    const slow = { ...deployment, functions: [givenFunction({ timeoutSeconds: 31 })] };
    const check = checkQueueReads(slow, async () => ({ allowed: true, reason: '' }));

    await expect(check).rejects.toThrow('less than Function timeout: 31');
  });
});
