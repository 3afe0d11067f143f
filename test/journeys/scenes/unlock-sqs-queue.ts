import { account, type Policy, type Scene } from './scene.ts';

const region = 'eu-west-1';

/** The ARN of a queue of that name, by default where this scene's are. */
export const queueArnOf = (name: string, accountId = account) => `arn:aws:sqs:${region}:${accountId}:${name}`;

function denying(Sid: string, name: string, Condition: object): Policy {
  const statement = { Sid, Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: queueArnOf(name) };
  return { Version: '2012-10-17', Statement: [{ ...statement, Condition }] };
}

const onlyTheOldVpc = { StringNotEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d4e5f60718' } };

/** Queues behind a Deny for everybody outside a VPC that is gone. Every second one is a FIFO queue. */
export const unlockSqsQueueScene: Scene = {
  task: 'unlock-sqs-queue',
  service: 'sqs',
  region,
  find: 'GetQueueUrl',
  read: 'GetQueueAttributes',
  change: 'SetQueueAttributes',
  changeAction: 'sqs:SetQueueAttributes',
  noSuchTarget: 'no-such-queue',
  nameOf: (nth) => (nth % 2 === 0 ? `orders-${nth}.fifo` : `orders-${nth}`),
  target: (name, accountId) => ({ queueArn: queueArnOf(name, accountId) }),
  path: (name) => `${account}/${region}/${name}`,
  owning: (owned) => ({ queues: owned.map((one) => ({ ...one, region })) }),
  lockOut: (name) => denying('OnlyTheOldVpc', name, onlyTheOldVpc),
  lockOutReworded: (name) => ({
    Statement: {
      Condition: { StringNotEquals: { 'aws:SourceVpc': ['vpc-0a1b2c3d4e5f60718'] } },
      Resource: [queueArnOf(name)],
      Action: ['sqs:*'],
      Principal: '*',
      Effect: 'Deny',
      Sid: 'OnlyTheOldVpc',
    },
    Version: '2012-10-17',
  }),
  repaired: (name) => denying('TlsOnly', name, { Bool: { 'aws:SecureTransport': 'false' } }),
  ownerPuts: (name, policy) => ({ putQueuePolicy: { queueArn: queueArnOf(name), policy } }),
  administratorTries: (name) => ({
    try: {
      accountId: account,
      as: 'admin',
      action: 'sqs:GetQueueAttributes',
      resource: queueArnOf(name),
    },
  }),
  policyAtTheEnd: ({ accounts }, name) =>
    accounts.flatMap(({ queues }) => queues).find((queue) => queue.name === name)?.policy,
};
