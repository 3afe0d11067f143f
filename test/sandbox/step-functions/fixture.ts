import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { DeployedBucket, Deployment, FaultRequest } from '../../../sandbox/parts.ts';
import { createWorld, type WorldOptions } from '../../../sandbox/world.ts';
import { givenDeployment, givenFunction } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';
import { allow, role } from '../scheduler/fixture.ts';

export const account = '222222222222';
export const region = 'eu-central-1';
export const machineArn = `arn:aws:states:${region}:${account}:stateMachine:runs`;
export const executionArn = (name: string) => `arn:aws:states:${region}:${account}:execution:runs:${name}`;
export const machineRole = `arn:aws:iam::${account}:role/machine`;
export const starter = `arn:aws:iam::${account}:role/starter`;
const parameterArn = `arn:aws:ssm:${region}:${account}:parameter/told`;

export const visits = givenFunction(
  { name: 'visits', arn: `arn:aws:lambda:${region}:${account}:function:visits`, roleArn: starter },
  'visits',
);

const bucket: DeployedBucket = {
  logicalId: 'Runs',
  name: 'runs',
  arn: 'arn:aws:s3:::runs',
  region,
  policy: null,
  versioned: true,
  defaultRetention: null,
  encryption: 'AES256',
  keyArn: null,
};

export const invokes = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
export const calling = (Payload: object) => ({
  ...invokes,
  Parameters: { FunctionName: visits.arn, ...Payload },
});

export const retry = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 60,
  BackoffRate: 2,
  MaxAttempts: 2,
  MaxDelaySeconds: 90,
};

/** A map over the list in S3, as CDK emits it. */
export const visiting = (own: object = {}, child: object = {}) => ({
  Type: 'Map',
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType: 'JSON' },
    Parameters: { Bucket: 'runs', 'Key.$': '$.key' },
  },
  ItemSelector: { 'item.$': '$$.Map.Item.Value', 'run.$': '$$.Execution.Name' },
  ItemProcessor: {
    ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
    StartAt: 'Visit account',
    States: {
      'Visit account': {
        ...calling({ 'Payload.$': '$' }),
        ResultSelector: { 'account.$': '$.Payload.account' },
        End: true,
        ...child,
      },
      ...('Catch' in child && { Noted: { Type: 'Pass', End: true } }),
    },
  },
  MaxConcurrency: 4,
  ToleratedFailurePercentage: 100,
  ResultPath: null,
  Label: 'Visit',
  ...own,
});

export const runs = (states: object, more: object = {}) => {
  const [first = ''] = Object.keys(states);
  return { StartAt: first, States: states, ...more };
};
export const visitAll = (own: object = {}, child: object = {}) =>
  runs({ Visit: { ...visiting(own, child), Next: 'Done' }, Done: { Type: 'Succeed' } });

export const machinePermissions = [
  allow('lambda:InvokeFunction', visits.arn),
  allow('s3:GetObject', 'arn:aws:s3:::runs/*'),
  allow('states:StartExecution', machineArn),
];

export interface Given extends Partial<WorldOptions> {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly permissions?: readonly object[];
  readonly own?: Partial<Deployment>;
  readonly trusts?: string;
}

export async function startWorld({
  definition,
  permissions = machinePermissions,
  own = {},
  trusts,
  ...options
}: Given) {
  const world = await createWorld({
    deployment: givenDeployment({
      functions: [visits],
      buckets: [bucket],
      parameters: [
        {
          logicalId: 'Told',
          name: '/told',
          arn: parameterArn,
          value: 'x',
          allowedPattern: null,
          tier: 'Standard',
        },
      ],
      stateMachines: [{ logicalId: 'Runs', name: 'runs', arn: machineArn, roleArn: machineRole, definition }],
      roles: [
        role(machineRole, permissions, trusts ?? 'states.amazonaws.com'),
        role(
          starter,
          [
            allow('states:StartExecution', machineArn),
            allow('states:*Execution', executionArn('*')),
            allow('s3:PutObject', 'arn:aws:s3:::runs/*'),
            allow('ssm:GetParameter', parameterArn),
          ],
          'lambda.amazonaws.com',
        ),
      ],
      ...own,
    }),
    organization: {
      managementAccountId: '111111111111',
      delegatedAdminAccountId: account,
      features: [],
      trustedAccess: true,
      accounts: [],
    },
    now: startOfStory,
    ...options,
  });
  const configuration = () => ({
    region,
    endpoint: world.aws.endpoint,
    credentials: world.aws.credentialsForRole(starter, 'starter', 'test'),
    systemClockOffset: world.clock.now() - Date.now(),
    maxAttempts: 1,
  });
  const states = () => new SFNClient(configuration());
  const start = (name: string, input: object = { key: 'list.json' }) =>
    states().send(
      new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }),
    );
  return {
    world,
    states,
    start,
    describe: (name: string) =>
      states().send(new DescribeExecutionCommand({ executionArn: executionArn(name) })),
    stop: (name: string) =>
      states().send(
        new StopExecutionCommand({ executionArn: executionArn(name), error: 'Pressed', cause: 'by hand' }),
      ),
    /** Puts the list of items, runs the machine to its end and gives the execution. */
    async play(items: readonly unknown[] | string = [], input?: object) {
      const Body = typeof items === 'string' ? items : JSON.stringify(items);
      await new S3Client(configuration()).send(
        new PutObjectCommand({ Bucket: 'runs', Key: 'list.json', Body }),
      );
      await start('run-1', input);
      await world.settle();
      const [execution] = world.executions();
      return execution;
    },
    events: () =>
      world.journal.logs.flatMap(({ event }) => (event ? [event as Record<string, unknown>] : [])),
    minutes: () => Math.floor((world.clock.now() - startOfStory) / 60_000),
  };
}

export const someItems = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ account: `a${index}`, failures: 0 }));

export type Fault = FaultRequest;
