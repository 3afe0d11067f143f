import { SendMessageCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { DeployedQueue } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';

const parkingArn = `arn:aws:sqs:${f.region}:${f.admin}:parking`;
const parkingUrl = `https://sqs.${f.region}.amazonaws.com/${f.admin}/parking`;
const move = new StartMessageMoveTaskCommand({ SourceArn: parkingArn });

let world: f.World | undefined;
afterEach(() => world?.aws.close());

/** A message that was received too often, in the queue for such messages. */
async function givenParked(
  own: Partial<DeployedQueue> = {},
  origin: Partial<DeployedQueue> = {},
): Promise<f.World> {
  const [failures] = f.deployment.queues;
  if (failures === undefined) throw new Error('no queue in the deployment');
  const queues = [
    { ...failures, redrive: { deadLetterArn: parkingArn, maxReceiveCount: 1 }, policy: null, ...origin },
    { ...failures, name: 'parking', arn: parkingArn, url: parkingUrl, policy: null, ...own },
  ];
  world = await f.startWorld({ deployment: { ...f.deployment, queues } });
  const attribute = { DataType: 'String', StringValue: 'NO_PERMISSIONS' };
  await new SQSClient(world.as(f.insider)).send(
    new SendMessageCommand({
      QueueUrl: f.queueUrl,
      MessageBody: '{"a":1}',
      MessageAttributes: { ERROR_CODE: attribute },
    }),
  );
  world.aws.queues.receive(f.queueArn, 1);
  world.clock.advance(30_000);
  world.aws.queues.receive(f.queueArn, 1);
  expect(world.aws.queues.waiting(parkingArn)).toHaveLength(1);
  return world;
}

it('moves what is parked back to where it came from, its attributes with it', async () => {
  const here = await givenParked();

  const { TaskHandle } = await new SQSClient(here.as(f.insider)).send(move);

  expect(TaskHandle).toBeDefined();
  expect(here.aws.queues.waiting(parkingArn)).toEqual([]);
  expect(here.aws.queues.waiting(f.queueArn)).toMatchObject([
    { body: '{"a":1}', attributes: { ERROR_CODE: { dataType: 'String', stringValue: 'NO_PERMISSIONS' } } },
  ]);
});

it('is refused to a role without permission, and to whom the policy of the queue shuts out', async () => {
  const denied = f.policy({ ...f.deny('sqs:StartMessageMoveTask', parkingArn), Principal: '*' });
  const here = await givenParked({ policy: denied });

  for (const client of [new SQSClient(here.asRole(f.functionRole)), new SQSClient(here.as(f.insider))]) {
    await expect(client.send(move)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  }
  expect(here.aws.queues.waiting(parkingArn)).toHaveLength(1);
});

it('is refused to whom the queue that the messages go back to lets send nothing', async () => {
  const closed = f.policy({
    ...f.deny('sqs:SendMessage', f.queueArn),
    Principal: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': f.insider } },
  });
  const here = await givenParked({}, { policy: closed });

  await expect(new SQSClient(here.asRole(f.otherFunctionRole)).send(move)).rejects.toThrow('sqs:sendmessage');
  await new SQSClient(here.as(f.insider)).send(move);
  expect(here.aws.queues.waiting(parkingArn)).toEqual([]);
});

it.each([
  ['ResourceNotFoundException', `${parkingArn}-2`],
  ['InvalidParameterValue', f.queueArn],
])('answers %s for what is no dead-letter queue', async (name, SourceArn) => {
  const here = await givenParked();
  const client = new SQSClient(here.as(f.insider));

  await expect(client.send(new StartMessageMoveTaskCommand({ SourceArn }))).rejects.toMatchObject({
    name: expect.stringContaining(name),
  });
});
