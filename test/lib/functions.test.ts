import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import {
  digestEnvironment,
  giveUpEnvironment,
  notifyEnvironment,
  publishEnvironment,
  refuseEnvironment,
  rootTaskEnvironment,
  sweepEnvironment,
} from '../../contract/environment.ts';
import { rootTaskNames } from '../../contract/root-tasks.ts';
import { projectRoot } from '../../lib/bundling/project-root.ts';
import { givenStack, type Resource } from './given-stack.ts';
import { documentOf } from './policies.ts';

const given = givenStack();
const functions = given.resources.filter(({ type }) => type === 'AWS::Lambda::Function');
const named = functions.map((fn) => [fn.name, fn] as const);

/** What each function reads from its environment, by its source. */
const environments: Record<string, z.ZodObject> = {
  ...Object.fromEntries(
    rootTaskNames.map((task) => [`lambdas/root-task/tasks/${task}.ts`, rootTaskEnvironment]),
  ),
  'lambdas/refuse/index.ts': refuseEnvironment,
  'lambdas/announce/notify.ts': notifyEnvironment,
  'lambdas/announce/publish.ts': publishEnvironment,
  'lambdas/digest/index.ts': digestEnvironment,
  'lambdas/give-up/index.ts': giveUpEnvironment,
  'lambdas/give-up/sweep.ts': sweepEnvironment,
};

const sourceOf = ({ properties }: Resource) => String(properties.Description);
const environmentOf = ({ properties }: Resource) =>
  (properties.Environment as { Variables: Record<string, string> }).Variables;

test('there is one function per root task, and six more', () => {
  expect(functions.map(sourceOf).sort()).toEqual(
    [
      'lambdas/announce/notify.ts',
      'lambdas/announce/publish.ts',
      'lambdas/digest/index.ts',
      'lambdas/give-up/index.ts',
      'lambdas/give-up/sweep.ts',
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

  test('ends before anything else of the same could begin', () => {
    // One that takes locks ends before Lambda tries again, a minute later; the digest has a day; others may take two.
    const longest = 'LOCK_TABLE' in environmentOf(fn) ? 55 : 'DIGEST_BUCKET' in environmentOf(fn) ? 600 : 120;
    expect(fn.properties.Timeout).toBeLessThanOrEqual(longest);
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

/** Lambda gives a function its share of a processor by its memory: these go through thousands of entries at a time. */
test.each([
  ['UnlockS3Bucket-Function', 55, 512],
  ['UnlockSqsQueue-Function', 55, 512],
  ['Sweep-Function', 55, 512],
  ['Announcements-Notify', 120, 512],
  ['Announcements-Publish', 120, 512],
  ['Digest-Function', 600, 1024],
])('%s has %i seconds and %i MB', (fn, Timeout, MemorySize) => {
  expect(given.one('AWS::Lambda::Function', `${fn}-Handler`).properties).toMatchObject({
    Timeout,
    MemorySize,
  });
});

test('the settings say how long logs are kept', () => {
  const { resources } = givenStack({ logRetentionDays: 30 });
  const groups = resources.filter(({ type }) => type === 'AWS::Logs::LogGroup');
  expect(groups.map(({ properties }) => properties.RetentionInDays)).toEqual(functions.map(() => 30));
});

/** Every function that events are handed to asynchronously, with the rule that does so and where failures go. */
const invoked = [
  ['UnlockS3Bucket-Function', 'rootdesk/UnlockS3Bucket-Approvals-Rule', 'UnlockS3Bucket-Failures'],
  ['UnlockSqsQueue-Function', 'rootdesk/UnlockSqsQueue-Approvals-Rule', 'UnlockSqsQueue-Failures'],
  ['Refusals-Function', 'rootdesk/Refusals-Untaken-Rule', 'Refusals-Failures'],
  ['Sweep-Function', 'Sweep-Every15Minutes-Rule', 'Sweep-Failures'],
  ['Announcements-Notify', 'Announcements-NotifyCatchUp-Rule', 'Announcements-NotifyFailures'],
  ['Announcements-Publish', 'Announcements-PublishCatchUp-Rule', 'Announcements-PublishFailures'],
  ['Digest-Function', 'Digest-Daily-Rule', 'Digest-Failures'],
] as const;
const ruleArn = (rule: string) => `arn:aws:events:eu-central-1:222222222222:rule/${rule}`;

describe.each(invoked)('an event for %s that fails', (fn, rule, failures) => {
  const queue = `arn:aws:sqs:eu-central-1:222222222222:${failures}-Queue`;
  const ruleName = rule.replace(/^rootdesk\//, '');

  test('in the function is tried twice more, then kept', () => {
    const config = given.one('AWS::Lambda::EventInvokeConfig', `${fn}-Handler-EventInvokeConfig`);
    expect(config.properties).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
  });

  test('before the function is kept as well', () => {
    expect(given.one('AWS::Events::Rule', ruleName).properties).toMatchObject({
      ...(rule.startsWith('rootdesk/') && { EventBusName: 'rootdesk' }),
      State: 'ENABLED',
      Targets: [
        {
          Arn: `arn:aws:lambda:eu-central-1:222222222222:function:${fn}-Handler`,
          DeadLetterConfig: { Arn: queue },
          RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 21_600 },
        },
      ],
    });
  });

  test('is handed over by that rule, of the services of AWS', () => {
    const { Statement } = documentOf(
      given.one('AWS::SQS::QueuePolicy', `${failures}-Queue-Policy`).properties.PolicyDocument,
    );
    expect(Statement.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn(rule) } },
      }),
    ]);
  });
});

test('only its own rule may invoke a function, and the give-up is invoked by no rule', () => {
  const permissions = given.resources.filter(({ type }) => type === 'AWS::Lambda::Permission');
  const here = 'arn:aws:lambda:eu-central-1:222222222222:function:';
  expect(
    permissions.map(({ properties }) => [
      String(properties.FunctionName).replace(here, ''),
      properties.Principal,
      properties.SourceArn,
    ]),
  ).toEqual(invoked.map(([fn, rule]) => [`${fn}-Handler`, 'events.amazonaws.com', ruleArn(rule)]));
});

test.each([
  ['Sweep-Every15Minutes-Rule', 'rate(15 minutes)'],
  ['Announcements-NotifyCatchUp-Rule', 'rate(15 minutes)'],
  ['Announcements-PublishCatchUp-Rule', 'rate(15 minutes)'],
  ['Digest-Daily-Rule', 'cron(10 0 * * ? *)'],
])('%s runs its function at %s', (rule, expression) => {
  expect(given.one('AWS::Events::Rule', rule).properties).toMatchObject({ ScheduleExpression: expression });
});

test('a root task that is not enabled has no lane, and nothing gives up its failures', () => {
  const { resources, one } = givenStack({ tasks: { 'unlock-s3-bucket': { enabled: false } } });
  expect(resources.filter(({ name }) => name.startsWith('UnlockS3Bucket'))).toEqual([]);
  const giveUp = environmentOf(one('AWS::Lambda::Function', 'GiveUp-Function-Handler'));
  expect(giveUp.FAILURE_QUEUES).not.toContain('unlock-s3-bucket');
});
