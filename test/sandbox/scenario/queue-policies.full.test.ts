import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { runScenario } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';

const accountId = '156041421443';
const queueArn = `arn:aws:sqs:eu-north-1:${accountId}:orders.fifo`;
const locked = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: queueArn }],
};
const accounts = (policy: unknown = locked) => [
  {
    id: accountId,
    buckets: [{ name: 'project-prod-1', region: 'eu-north-1', policy: null }],
    queues: [{ name: 'orders.fifo', region: 'eu-north-1', policy }],
  },
];
const mayChange = {
  try: { accountId, as: 'admin', action: 'sqs:SetQueueAttributes', resource: queueArn },
};
const play = (steps: unknown[], more: object = {}) =>
  runScenario(parseScenario({ organization: { accounts: accounts() }, steps, ...more } as ScenarioInput));

test.each([
  ['an object', locked],
  ['text', JSON.stringify(locked)],
])('a queue is locked and opened between steps, its policy given as %s', async (_, policy) => {
  const { tries, organization } = await play(
    [
      mayChange,
      { putQueuePolicy: { queueArn, policy } },
      mayChange,
      { putQueuePolicy: { queueArn, policy: null } },
      mayChange,
    ],
    { organization: { accounts: accounts(null) } },
  );

  expect(tries).toMatchObject([
    { allowed: true },
    { allowed: false, reason: expect.stringMatching(/sqs:setqueueattributes .* a resource-based policy$/) },
    { allowed: true },
  ]);
  expect(organization.accounts[0]?.queues).toEqual([
    { name: 'orders.fifo', region: 'eu-north-1', policy: null },
  ]);
});

test("an owner's change shows late, the state at the end has it", async () => {
  const { tries, organization } = await play(
    [
      { putQueuePolicy: { queueArn, policy: null } },
      mayChange,
      { advanceClock: 'PT1M' },
      mayChange,
      { putQueuePolicy: { queueArn, policy: locked } },
      mayChange,
    ],
    { showsAfterMs: { sqs: 60_000 } },
  );

  expect(tries.map(({ allowed }) => allowed)).toEqual([false, true, true]);
  expect(organization.accounts[0]?.queues[0]?.policy).toEqual(locked);
});

test('a bucket policy of a step shows as late as asked, on its own measure', async () => {
  const resource = 'arn:aws:s3:::project-prod-1';
  const policy = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: resource }] };
  const mayRead = { try: { accountId, as: 'admin', action: 's3:GetBucketPolicy', resource } };
  const steps = [
    { putBucketPolicy: { accountId, bucketName: 'project-prod-1', policy } },
    mayRead,
    { advanceClock: 'PT1M' },
    mayRead,
  ];

  const late = await play(steps, { showsAfterMs: { s3: 60_000 } });
  const atOnce = await play(steps, { showsAfterMs: { sqs: 60_000 } });

  expect(late.tries.map(({ allowed }) => allowed)).toEqual([true, false]);
  expect(atOnce.tries.map(({ allowed }) => allowed)).toEqual([false, false]);
});

test('an owner cannot put what AWS refuses, and the logs tell why', async () => {
  const statement = { Effect: 'Deny', Principal: '*', Action: 'sqs:NoSuchAction', Resource: queueArn };
  const ofBucket = { ...statement, Action: 's3:GetObject', Resource: 'arn:aws:s3:::project-prod-1' };

  const { organization, logs } = await play([
    { putQueuePolicy: { queueArn, policy: { Statement: [statement] } } },
    {
      putBucketPolicy: { accountId, bucketName: 'project-prod-1', policy: { Statement: [ofBucket] } },
    },
  ]);

  expect(organization.accounts[0]).toMatchObject({
    queues: [{ policy: locked }],
    buckets: [{ policy: null }],
  });
  expect(logs.map(({ message }) => message)).toEqual([
    expect.stringMatching(/orders\.fifo: InvalidAttributeValue: /),
    expect.stringMatching(/project-prod-1: MalformedPolicy: Action does not apply/),
  ]);
});

test('a queue of another partition is none of the story', () => {
  const ofChina = queueArn.replace(/arn:aws:sqs:[^:]+/, 'arn:aws-cn:sqs:cn-north-1');

  expect(() => play([{ putQueuePolicy: { queueArn: ofChina, policy: null } }])).toThrow(
    /^steps\[0\]\.putQueuePolicy\.queueArn: expected a queue of the organization/,
  );
});
