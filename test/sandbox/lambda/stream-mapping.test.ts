import { createClock } from '../../../sandbox/clock.ts';
import type { InvocationResult } from '../../../sandbox/lambda/result.ts';
import { createStreamMapping } from '../../../sandbox/lambda/stream-mapping.ts';
import { createRecorder, type StreamRecord } from '../../../sandbox/lambda/stream-records.ts';
import type { DeployedEventSourceMapping, DeployedTable, TableChange } from '../../../sandbox/parts.ts';
import { givenFunction } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';

const tableArn = 'arn:aws:dynamodb:eu-central-1:222222222222:table/trail';
const streamArn = `${tableArn}/stream/1`;
const table: DeployedTable = {
  logicalId: 'Trail',
  name: 'trail',
  arn: tableArn,
  streamArn,
  streamViewType: 'NEW_AND_OLD_IMAGES',
  timeToLiveAttribute: null,
  resourcePolicy: null,
  createTable: {},
};
const change = (id: string, eventName: TableChange['eventName'] = 'INSERT'): TableChange => ({
  tableArn,
  eventName,
  keys: { id: { S: id } },
  newImage: eventName === 'REMOVE' ? null : { id: { S: id } },
  oldImage: eventName === 'INSERT' ? null : { id: { S: id } },
});

type Records = readonly StreamRecord[];
const idsOf = (records: Records) =>
  records.map(({ dynamodb }) => (dynamodb.Keys as { id: { S: string } }).id.S);
const ok = (payload: unknown = null): InvocationResult => ({ ok: true, payload });
const failed: InvocationResult = { ok: false, error: { errorType: 'Error', errorMessage: 'no' } };

function given(own: Partial<DeployedEventSourceMapping>, answer: (records: Records) => InvocationResult) {
  const clock = createClock(startOfStory);
  const record = createRecorder('eu-central-1', clock.now);
  const batches: { readonly seconds: number; readonly ids: string[] }[] = [];
  const discarded: Record<string, unknown>[] = [];
  const mapping: DeployedEventSourceMapping = {
    functionArn: givenFunction().arn,
    sourceArn: streamArn,
    batchSize: 10,
    bisectOnError: false,
    reportBatchItemFailures: false,
    maximumRetryAttempts: -1,
    maximumRecordAgeSeconds: -1,
    onFailureArn: 'arn:aws:sqs:eu-central-1:222222222222:failures',
    filters: [],
    ...own,
  };
  const stream = createStreamMapping({
    mapping,
    fn: givenFunction(),
    clock,
    later: (at, what, run) => clock.schedule(at, what, run),
    destination: { send: async (_fn, _arn, message) => void discarded.push(message) },
    invoke: async (_fn, { event }) => {
      const { Records: records } = event as { Records: Records };
      batches.push({ seconds: Math.round((clock.now() - startOfStory) / 1000), ids: idsOf(records) });
      return answer(records);
    },
  });
  const take = async (...changes: TableChange[]) => {
    await Promise.all(changes.map((one) => stream.take(record(table, streamArn, one))));
    await clock.runDue();
  };
  return { take, batches, discarded, record };
}

test("a change becomes a record in the shape of DynamoDB's stream events", () => {
  const { record } = given({}, () => ok());

  expect(record(table, streamArn, change('a', 'MODIFY'))).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventVersion: '1.1',
    eventName: 'MODIFY',
    eventSource: 'aws:dynamodb',
    eventSourceARN: streamArn,
    awsRegion: 'eu-central-1',
    dynamodb: {
      ApproximateCreationDateTime: startOfStory / 1000,
      Keys: { id: { S: 'a' } },
      NewImage: { id: { S: 'a' } },
      OldImage: { id: { S: 'a' } },
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
  expect(
    record({ ...table, streamViewType: 'NEW_IMAGE' }, streamArn, change('a', 'MODIFY')).dynamodb,
  ).not.toHaveProperty('OldImage');
});

test('records come in order, those that came meanwhile in one batch', async () => {
  const { take, batches } = given({ batchSize: 2 }, () => ok());

  await take(change('a'), change('b'), change('c'), change('d'));

  expect(batches.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c'], ['d']]);
});

test('only records that a filter matches are delivered', async () => {
  const filters = [{ eventName: ['MODIFY', 'REMOVE'] }, { dynamodb: { NewImage: { id: { S: ['x'] } } } }];
  const { take, batches } = given({ filters }, () => ok());

  await take(change('a'), change('b', 'REMOVE'), change('x'));

  expect(batches.flatMap(({ ids }) => ids)).toEqual(['b', 'x']);
});

test('a failed batch is tried again with growing delay, and holds up what comes behind it', async () => {
  let failures = 3;
  const { take, batches } = given({ batchSize: 1 }, () => (failures-- > 0 ? failed : ok()));

  await take(change('a'), change('b'));

  expect(batches).toEqual([
    { seconds: 0, ids: ['a'] },
    { seconds: 1, ids: ['a'] },
    { seconds: 3, ids: ['a'] },
    { seconds: 7, ids: ['a'] },
    { seconds: 7, ids: ['b'] },
  ]);
});

test('records reported as failed are tried again from the first of them on', async () => {
  let reported = false;
  const { take, batches } = given({ reportBatchItemFailures: true }, (records) => {
    const second = records[1]?.dynamodb.SequenceNumber;
    if (reported || second === undefined) return ok({ batchItemFailures: [] });
    reported = true;
    return ok({ batchItemFailures: [{ itemIdentifier: second }] });
  });

  await take(change('first'), change('a'), change('b'), change('c'));

  expect(batches.map(({ ids }) => ids)).toEqual([['first'], ['a', 'b', 'c'], ['b', 'c']]);
});

test.each([{ batchItemFailures: [{ itemIdentifier: 'unknown' }] }, { batchItemFailures: 'all' }, 'text'])(
  'an answer that names no record of the batch fails all of it: %j',
  async (payload) => {
    let answers = 0;
    const { take, batches } = given({ reportBatchItemFailures: true }, () =>
      ok(answers++ === 0 ? payload : null),
    );

    await take(change('a'));

    expect(batches.map(({ ids }) => ids)).toEqual([['a'], ['a']]);
  },
);

test('a batch is bisected until the record that fails is alone, and that one is left behind', async () => {
  const { take, batches, discarded } = given({ bisectOnError: true, maximumRetryAttempts: 1 }, (records) =>
    idsOf(records).includes('bad') ? failed : ok(),
  );

  await take(change('first'), change('a'), change('b'), change('bad'), change('c'));

  expect(batches.map(({ ids }) => ids.join(' '))).toEqual([
    'first',
    'a b bad c',
    'a b',
    'bad c',
    'bad',
    'bad',
    'c',
  ]);
  expect(discarded).toEqual([
    expect.objectContaining({
      requestContext: expect.objectContaining({
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      }),
      DDBStreamBatchInfo: expect.objectContaining({ batchSize: 1, streamArn }),
    }),
  ]);
});

test('records that are too old are left behind, and the stream goes on', async () => {
  const { take, batches, discarded } = given({ maximumRecordAgeSeconds: 60, batchSize: 1 }, (records) =>
    idsOf(records).includes('bad') ? failed : ok(),
  );

  await take(change('bad'), change('c'));

  expect(batches.at(-1)?.ids).toEqual(['c']);
  expect(discarded).toMatchObject([{ requestContext: { condition: 'RecordAgeExceeded' } }]);
});
