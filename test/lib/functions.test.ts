import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import {
  notifyEnvironment,
  publishEnvironment,
  refuseEnvironment,
  rootTaskEnvironment,
} from '../../contract/environment.ts';
import { rootTaskNames } from '../../contract/root-tasks.ts';
import { projectRoot } from '../../lib/bundling/project-root.ts';
import { givenStack, type Resource } from './given-stack.ts';

const given = givenStack();
const functions = given.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
const named = functions.map((fn) => [fn.name, fn] as const);

/** What each function reads from its environment, by its source. */
const environments: Record<string, z.ZodObject> = {
  'lambdas/root-task/tasks/unlock-s3-bucket.ts': rootTaskEnvironment,
  'lambdas/refuse/index.ts': refuseEnvironment,
  'lambdas/announce/notify.ts': notifyEnvironment,
  'lambdas/announce/publish.ts': publishEnvironment,
};

const sourceOf = ({ properties }: Resource) => String(properties.Description);
const environmentOf = ({ properties }: Resource) =>
  (properties.Environment as { Variables: Record<string, string> }).Variables;

test('there is one function per root task, and three more', () => {
  expect(functions.map(sourceOf).sort()).toEqual(
    [
      'lambdas/announce/notify.ts',
      'lambdas/announce/publish.ts',
      'lambdas/refuse/index.ts',
      ...rootTaskNames.map((task) => `lambdas/root-task/tasks/${task}.ts`),
    ].sort(),
  );
});

describe.each(named)('%s', (_name, fn) => {
  test('names its source as its description', () => {
    expect(existsSync(join(projectRoot, sourceOf(fn)))).toBe(true);
  });

  test('runs on Node 24 on arm64', () => {
    expect(fn.properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
    });
  });

  test('ends before Lambda tries again', () => {
    expect(fn.properties.Timeout).toBeLessThan(60);
  });

  test('logs JSON to a group of its own, which keeps it as long as the settings say', () => {
    const logGroup = `${fn.name.replace(/-Handler$/, '')}-Logs`;
    expect(fn.properties).toMatchObject({ LoggingConfig: { LogFormat: 'JSON', LogGroup: logGroup } });
    expect(given.one('AWS::Logs::LogGroup', logGroup).properties).toEqual({ RetentionInDays: 365 });
  });

  test('shows stack traces in terms of its source', () => {
    expect(environmentOf(fn)).toMatchObject({ NODE_OPTIONS: '--enable-source-maps' });
  });

  test('finds in its environment what it reads there, and nothing that it does not', () => {
    const schema = environments[sourceOf(fn)];
    const { NODE_OPTIONS: _, ...own } = environmentOf(fn);
    const names = Object.keys(own).filter((name) => !name.startsWith('POWERTOOLS_'));
    expect(schema?.safeParse(own).error?.issues ?? []).toEqual([]);
    expect(names.sort()).toEqual(Object.keys(schema?.shape ?? {}).sort());
  });

  test('stays out of what Powertools could be made to skip', () => {
    expect(environmentOf(fn)).not.toHaveProperty('POWERTOOLS_IDEMPOTENCY_DISABLED');
  });
});

test("a lane's function has 55 seconds and 512 MB", () => {
  expect(given.one('AWS::Lambda::Function', 'UnlockS3Bucket-Function-Handler').properties).toMatchObject({
    Timeout: 55,
    MemorySize: 512,
  });
});

test('the settings say how long logs are kept', () => {
  const { resources } = givenStack({ logRetentionDays: 30 });
  const groups = resources.filter(({ type }) => type === 'AWS::Logs::LogGroup');
  expect(groups.map(({ properties }) => properties.RetentionInDays)).toEqual([30, 30, 30, 30]);
});

describe.each([
  ['UnlockS3Bucket', 'Approvals'],
  ['Refusals', 'Untaken'],
])('an event for %s that fails', (part, rule) => {
  const queue = `arn:aws:sqs:eu-central-1:222222222222:${part}-Failures-Queue`;

  test('in the function is tried twice more, then kept', () => {
    const config = given.one('AWS::Lambda::EventInvokeConfig', `${part}-Function-Handler-EventInvokeConfig`);
    expect(config.properties).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
  });

  test('before the function is kept as well', () => {
    expect(given.one('AWS::Events::Rule', `${part}-${rule}-Rule`).properties).toMatchObject({
      EventBusName: 'rootdesk',
      State: 'ENABLED',
      Targets: [
        {
          Arn: `arn:aws:lambda:eu-central-1:222222222222:function:${part}-Function-Handler`,
          DeadLetterConfig: { Arn: queue },
          RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 21_600 },
        },
      ],
    });
  });

  test('is handed over by that rule alone', () => {
    const policy = given.one('AWS::SQS::QueuePolicy', `${part}-Failures-Queue-Policy`).properties
      .PolicyDocument;
    expect(policy).toMatchObject({
      Statement: [
        { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Principal: { Service: 'events.amazonaws.com' },
          Condition: {
            ArnEquals: {
              'aws:SourceArn': `arn:aws:events:eu-central-1:222222222222:rule/rootdesk/${part}-${rule}-Rule`,
            },
          },
        },
      ],
    });
  });
});

test('only rules of the bus may invoke a function', () => {
  const permissions = given.resources.filter(({ type }) => type === 'AWS::Lambda::Permission');
  expect(permissions.map(({ properties }) => [properties.Principal, properties.SourceArn])).toEqual([
    [
      'events.amazonaws.com',
      'arn:aws:events:eu-central-1:222222222222:rule/rootdesk/UnlockS3Bucket-Approvals-Rule',
    ],
    ['events.amazonaws.com', 'arn:aws:events:eu-central-1:222222222222:rule/rootdesk/Refusals-Untaken-Rule'],
  ]);
});

test('a root task that is not enabled has no lane', () => {
  const { resources } = givenStack({ tasks: { 'unlock-s3-bucket': { enabled: false } } });
  expect(resources.filter(({ name }) => name.startsWith('UnlockS3Bucket'))).toEqual([]);
});
