import type { DeployedQueue, Deployment } from '../../../sandbox/parts.ts';
import { type Answer, answerOf } from '../../../sandbox/scenario/answer.ts';
import { failureQueues, parkingNamed } from '../../../sandbox/scenario/failure-queues.ts';
import { playStep } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import { givenDeployment, givenFunction, givenQueue } from '../fixtures/given-deployment.ts';

const now = '2026-11-20T10:00:00Z';
/** The role with which CDK's bootstrap deploys: whom the queues let in besides the product itself. */
const deploymentRole = 'arn:aws:iam::222222222222:role/cdk-hnb659fds-cfn-exec-role-222222222222-eu-central-1';
const organization = {
  accounts: [
    { id: '156041421443', buckets: [{ name: 'project-prod-1', region: 'eu-north-1', policy: null }] },
  ],
} satisfies ScenarioInput['organization'];
const detail = {
  schemaVersion: '1',
  ticket: { system: 'jira', id: 'SEC-1234', url: 'https://acme.example/browse/SEC-1234' },
  task: 'unlock-s3-bucket',
  target: { accountId: '156041421443', bucketName: 'project-prod-1' },
  reason: 'A pipeline-only Deny shut out every administrator',
  requestedBy: 'dev@example.com',
  approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
};
const send: ScenarioInput['steps'][number] = {
  putEvents: {
    as: 'ticketing',
    entry: { Source: 'acme.tickets', DetailType: 'Root Task Approved', Detail: detail },
  },
};
type Fault = NonNullable<ScenarioInput['faults']>[number];
const noSession: Fault = {
  service: 'sts',
  operation: 'AssumeRoot',
  when: 'before',
  effect: 'serverError',
  times: 1000,
};

/** The first failure queue that something consumes. */
function consumedQueue(deployment: Deployment): DeployedQueue {
  const queue = failureQueues(deployment).find(({ redrive }) => redrive !== null);
  if (queue === undefined) throw new Error('nothing consumes a failure queue');
  return queue;
}

/** Plays steps one by one, with the answer as it would be after each. */
async function play(
  { steps, ...more }: Partial<ScenarioInput> & Pick<ScenarioInput, 'steps'>,
  unreadable?: string,
): Promise<Answer[]> {
  const scenario = parseScenario({ now, organization, ...more, steps });
  const stage = await setStage(scenario);
  const { world } = stage;
  try {
    if (unreadable !== undefined) {
      const { arn } = consumedQueue(world.deployment);
      world.aws.queues.send(arn, { body: unreadable, senderId: 'AROAEXAMPLE' });
      await world.settle();
    }
    const answers = [await answerOf(scenario, world, [])];
    for (const step of scenario.steps) {
      await playStep(stage, step);
      answers.push(structuredClone(await answerOf(scenario, world, [])));
    }
    return answers;
  } finally {
    await world.close();
  }
}

test('what the consumer of a failure queue never gets done is parked, until somebody moves it back', async () => {
  const [parked, refused, movedBack] = await play(
    {
      steps: [
        { redrive: { as: 'insider', queue: 'parking' } },
        { redrive: { as: deploymentRole, queue: 'parking' } },
      ],
    },
    'not a failure',
  );

  for (const answer of [parked, refused, movedBack]) {
    expect(answer?.deadLetters).toEqual([]);
    expect(answer?.parked).toEqual([{ queue: expect.any(String), body: 'not a failure' }]);
  }
  const moves = movedBack?.calls.filter(({ operation }) => operation === 'StartMessageMoveTask');
  expect(moves).toMatchObject([{ allowed: false }, { allowed: true }]);
  expect(refused?.logs).toContainEqual(
    expect.objectContaining({ message: expect.stringMatching(/^StartMessageMoveTask of .*AccessDenied/) }),
  );
  // Back in its queue it was tried again, and again in vain.
  expect(movedBack?.logs.length).toBeGreaterThan(refused?.logs.length ?? 0);
});

test('a message that its consumer has not done yet waits in its failure queue', async () => {
  const [, early, late] = await play({
    faults: [noSession],
    steps: [
      { putEvents: { ...send.putEvents, settleFor: 'PT1S' } } as ScenarioInput['steps'][number],
      { advanceClock: 'PT5M' },
    ],
  });

  expect(early?.trail.map(({ kind }) => kind)).toEqual(['approved']);
  expect(late?.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
  expect(late?.deadLetters).toEqual([]);
  expect(late?.parked).toEqual([]);
});

test('a failure delivery that gets lost is found by whoever comes by the clock', async () => {
  const lost: Fault = {
    service: 'lambda',
    operation: 'DeliverToDestination',
    when: 'before',
    effect: 'serverError',
  };
  const [, after, later] = await play({
    faults: [noSession, lost],
    steps: [send, { advanceClock: 'PT1H' }],
  });

  expect(after?.trail.map(({ kind }) => kind)).toEqual(['approved']);
  expect(after?.deadLetters).toEqual([]);
  expect(after?.logs).toContainEqual(
    expect.objectContaining({
      message: expect.stringContaining('could not send to its failure destination'),
    }),
  );
  expect(later?.trail.map(({ kind }) => kind)).toEqual(['approved', 'ended']);
});

test('an event that EventBridge cannot hand to Lambda reaches the consumer of its dead-letter queue', async () => {
  const [, after] = await play({
    faults: [
      { service: 'lambda', operation: 'Invoke', when: 'before', effect: 'serverError', times: 10_000 },
    ],
    steps: [send],
  });

  expect(after?.deadLetters).toEqual([]);
  expect(after?.parked).toEqual([]);
  expect(after?.trail).toHaveLength(1);
  expect(after?.calls.filter(({ operation }) => operation === 'AssumeRoot')).toEqual([]);
});

describe('the queues that a redrive step means', () => {
  const redrive = (name: string) => ({
    redrive: { deadLetterArn: givenQueue(name).arn, maxReceiveCount: 3 },
  });
  const deployment = givenDeployment({
    functions: [
      givenFunction({
        asyncInvoke: {
          maximumRetryAttempts: 2,
          maximumEventAgeSeconds: 21_600,
          onFailureArn: givenQueue('LaneFailures').arn,
        },
      }),
    ],
    queues: [
      givenQueue('LaneFailures', redrive('GiveUpParking')),
      givenQueue('Others', redrive('SweepParking')),
      givenQueue('GiveUpParking'),
      givenQueue('SweepParking'),
    ],
  });
  const names = (queue: string) => parkingNamed(deployment, queue).map(({ name }) => name);

  test('are all that others hand over to, or the one whose name says so', () => {
    expect(names('parking')).toEqual(['GiveUpParking', 'SweepParking']);
    expect(names('give-up')).toEqual(['GiveUpParking']);
  });

  test.each([
    ['lane', 'names no queue'],
    ['park', 'names more than one queue'],
  ])('%s is none of them', (name, problem) => {
    expect(() => names(name)).toThrow(problem);
  });

  test('are not those that failures are sent to', () => {
    expect(failureQueues(deployment).map(({ name }) => name)).toEqual(['LaneFailures']);
  });
});

test.each([
  [{ ...noSession, rate: 0.5 }, 'faults[0].times: expected either "times" or "rate"'],
  [{ ...noSession, seed: 2 }, 'faults[0].seed: expected a "rate" with a seed'],
  [{ ...noSession, operation: '*' }, 'faults[0].rate: expected a "rate" with "*"'],
  [
    { ...noSession, service: 'lambda' as const },
    'faults[0].operation: expected InvokeFunction of lambda, or Invoke or DeliverToDestination',
  ],
])('a fault that means nothing is refused: %j', (fault, problem) => {
  expect(() => parseScenario({ now, faults: [fault], steps: [] })).toThrow(problem);
});
