import type { SQSRecord } from 'aws-lambda';
import { handler } from '../../../lambdas/give-up/index.ts';
import { AuditTrail } from '../../../lambdas/shared/trail.ts';
import { fromEventBridge, fromLambda } from '../given/failure.ts';
import { givenContext, givenFunctionTables } from '../given/function.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent, givenRequest, givenSettings } from '../given/request.ts';
import { claimedBy } from '../given/standing.ts';

jest.mock('../../../lambdas/bundle-files.ts', () => ({
  readBundleFiles: () => ({ settings: givenSettings(), settingsDigest: 'd'.repeat(64), version: '0.1.0' }),
}));

const queue = (name: string) => `arn:aws:sqs:eu-central-1:222222222222:${name}`;
const queues = {
  [queue('s3-failures')]: 'unlock-s3-bucket',
  [queue('refusal-failures')]: 'refusals',
};

const record = (messageId: string, name: string, message: ReturnType<typeof fromLambda>): SQSRecord => ({
  messageId,
  eventSourceARN: queue(name),
  receiptHandle: 'handle',
  md5OfBody: '',
  eventSource: 'aws:sqs',
  awsRegion: 'eu-central-1',
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 's',
    ApproximateFirstReceiveTimestamp: '0',
  },
  body: message.body,
  messageAttributes: Object.fromEntries(
    Object.entries(message.messageAttributes).map(([name, { stringValue }]) => [
      name,
      { stringValue: stringValue ?? '', dataType: 'String' },
    ]),
  ),
});

describe('the consumer of the failure queues', () => {
  let tables: Awaited<ReturnType<typeof givenFunctionTables>>;
  let trail: AuditTrail;
  beforeAll(async () => {
    tables = await givenFunctionTables({ FAILURE_QUEUES: JSON.stringify(queues) });
    trail = new AuditTrail(tables.client, 'AuditTrail');
  });
  afterAll(() => tables.close());

  const refusedAs = async (id: string) => (await trail.get(`refused/${id}`, 1))?.kind;

  it('has nothing to bring back where every message was taken', async () => {
    const { lane } = new GivenLane();
    const { requestId } = (await claimedBy(givenRequest(), { ...lane, trail })).request;
    const Records = [
      record('m1', 's3-failures', fromLambda(givenEvent())),
      record('m2', 's3-failures', fromEventBridge(givenEvent({ id: 'e2', 'detail.reason': '' }))),
      record('m3', 'refusal-failures', fromLambda(givenEvent({ id: 'e3', source: 'other' }))),
    ];
    expect(await handler({ Records }, givenContext())).toEqual({ batchItemFailures: [] });
    expect(await trail.read(requestId)).toMatchObject([
      { kind: 'approved' },
      { kind: 'ended', code: 'gave-up', by: { function: 'fn', requestId: 'run-9' } },
    ]);
    expect([await refusedAs('e2'), await refusedAs('e3')]).toEqual(['refused', 'refused']);
  });

  it('brings back the messages that failed, and only those', async () => {
    const refused = (id: string) => fromLambda(givenEvent({ id, 'detail.reason': '' }));
    const Records = [
      record('m1', 's3-failures', { body: 'hello', messageAttributes: {} }),
      record('m2', 's3-failures', refused('e4')),
      record('m3', 'some-other-queue', refused('e5')),
      record('m4', 'refusal-failures', refused('e6')),
      record(
        'm5',
        's3-failures',
        fromLambda(
          givenEvent({
            id: 'e7',
            'detail.task': 'unlock-sqs-queue',
            'detail.target': { queueArn: queue('orders') },
          }),
        ),
      ),
    ];
    const { batchItemFailures } = await handler({ Records }, givenContext());
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m1', 'm3', 'm5']);
    const recorded = await Promise.all(['e4', 'e5', 'e6', 'e7'].map(refusedAs));
    expect(recorded).toEqual(['refused', undefined, 'refused', undefined]);
  });
});
