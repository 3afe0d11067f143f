import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import {
  beginRunEnvironment,
  collateRunEnvironment,
  digestEnvironment,
  giveUpEnvironment,
  notifyEnvironment,
  planRunEnvironment,
  publishEnvironment,
  recoveryEnvironment,
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
  'lambdas/root-task/tasks/allow-root-password-recovery.ts': rootTaskEnvironment.extend(
    recoveryEnvironment.shape,
  ),
  'lambdas/organization-run/begin.ts': beginRunEnvironment,
  'lambdas/organization-run/plan.ts': planRunEnvironment,
  'lambdas/organization-run/collate.ts': collateRunEnvironment,
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

/**
 * In seconds. One that takes locks ends before Lambda tries again, a minute later; the digest has a day; a state machine
 * waits for what it invokes, and tries for half an hour; others may take two minutes.
 */
function longestOf(environment: Record<string, string>): number {
  if ('DIGEST_BUCKET' in environment || 'REPORT_BUCKET' in environment) return 600;
  return 'LOCK_TABLE' in environment ? 55 : 120;
}

test('there is one function per root task, and nine more', () => {
  expect(functions.map(sourceOf).sort()).toEqual(
    [
      'lambdas/announce/notify.ts',
      'lambdas/announce/publish.ts',
      'lambdas/digest/index.ts',
      'lambdas/give-up/index.ts',
      'lambdas/give-up/sweep.ts',
      'lambdas/organization-run/begin.ts',
      'lambdas/organization-run/collate.ts',
      'lambdas/organization-run/plan.ts',
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
    expect(fn.properties.Timeout).toBeLessThanOrEqual(longestOf(environmentOf(fn)));
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
  ['RestoreS3BucketPolicy-Function', 55, 512],
  ['RestoreSqsQueuePolicy-Function', 55, 512],
  ['AuditRootCredentials-Function', 55, 512],
  ['DeleteRootCredentials-Function', 55, 512],
  ['AllowRootPasswordRecovery-Function', 55, 512],
  ['CloseRootPasswordRecovery-Function', 55, 512],
  ['OrganizationRuns-Begin-Function', 55, 512],
  ['OrganizationRuns-Plan-Function', 600, 1024],
  ['OrganizationRuns-Collate-Function', 600, 2048],
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

const runs = ['AuditRootCredentials', 'DeleteRootCredentials'].map((task) => `OrganizationRuns-${task}`);

test('the settings say how long logs are kept', () => {
  const { resources } = givenStack('shortLogs');
  const groups = resources.filter(({ type }) => type === 'AWS::Logs::LogGroup');
  expect(groups).toHaveLength(functions.length + runs.length);
  expect(new Set(groups.map(({ properties }) => properties.RetentionInDays))).toEqual(new Set([30]));
});

/** Every function that events are handed to asynchronously, with the rule that does so and where failures go. */
const invoked = [
  ['UnlockS3Bucket-Function', 'rootdesk/UnlockS3Bucket-Approvals-Rule', 'UnlockS3Bucket-Failures'],
  ['UnlockSqsQueue-Function', 'rootdesk/UnlockSqsQueue-Approvals-Rule', 'UnlockSqsQueue-Failures'],
  [
    'RestoreS3BucketPolicy-Function',
    'rootdesk/RestoreS3BucketPolicy-Approvals-Rule',
    'RestoreS3BucketPolicy-Failures',
  ],
  [
    'RestoreSqsQueuePolicy-Function',
    'rootdesk/RestoreSqsQueuePolicy-Approvals-Rule',
    'RestoreSqsQueuePolicy-Failures',
  ],
  [
    'AuditRootCredentials-Function',
    'rootdesk/AuditRootCredentials-Approvals-Rule',
    'AuditRootCredentials-Failures',
  ],
  [
    'DeleteRootCredentials-Function',
    'rootdesk/DeleteRootCredentials-Approvals-Rule',
    'DeleteRootCredentials-Failures',
  ],
  [
    'AllowRootPasswordRecovery-Function',
    'rootdesk/AllowRootPasswordRecovery-Approvals-Rule',
    'AllowRootPasswordRecovery-Failures',
  ],
  ...runs.map(
    (run) =>
      [
        'OrganizationRuns-Begin-Function',
        `rootdesk/${run}-Approvals-Rule`,
        'OrganizationRuns-Begin-Failures',
      ] as const,
  ),
  ['Refusals-Function', 'rootdesk/Refusals-Untaken-Rule', 'Refusals-Failures'],
  ['Sweep-Function', 'Sweep-Every15Minutes-Rule', 'Sweep-Failures'],
  ['Announcements-Notify', 'Announcements-NotifyCatchUp-Rule', 'Announcements-NotifyFailures'],
  ['Announcements-Publish', 'Announcements-PublishCatchUp-Rule', 'Announcements-PublishFailures'],
  ['Digest-Function', 'Digest-Daily-Rule', 'Digest-Failures'],
] as const;
const ruleArn = (rule: string) => `arn:aws:events:eu-central-1:222222222222:rule/${rule}`;

describe.each(invoked)('an event for %s by %s that fails', (fn, rule, failures) => {
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
    const ofThatRule = JSON.stringify(ruleArn(rule));
    expect(
      Statement.filter(
        ({ Effect, Condition }) => Effect === 'Allow' && JSON.stringify(Condition).includes(ofThatRule),
      ),
    ).toEqual([
      expect.objectContaining({
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn(rule) } },
      }),
    ]);
  });
});

test('no service of AWS hands anything to a failure queue, but for those rules', () => {
  const admitted = given.resources
    .filter(({ type }) => type === 'AWS::SQS::QueuePolicy')
    .flatMap(({ properties }) => documentOf(properties.PolicyDocument).Statement)
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Condition }) => Condition?.ArnEquals?.['aws:SourceArn']);
  expect(admitted.sort()).toEqual(invoked.map(([, rule]) => ruleArn(rule)).sort());
});

describe('a closing of password recovery', () => {
  const closing = 'CloseRootPasswordRecovery-Function-Handler';
  const queue = 'arn:aws:sqs:eu-central-1:222222222222:CloseRootPasswordRecovery-Failures-Queue';

  test('that fails is tried twice more, then kept', () => {
    const config = given.one('AWS::Lambda::EventInvokeConfig', `${closing}-EventInvokeConfig`);
    expect(config.properties).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
  });

  test('is started by no rule', () => {
    const rules = given.resources.filter(({ type }) => type === 'AWS::Events::Rule');
    expect(JSON.stringify(rules)).not.toContain(closing);
  });

  test('is known to the lane that opens, and to the sweep', () => {
    const here = 'arn:aws:lambda:eu-central-1:222222222222:function:';
    const opening = given.one('AWS::Lambda::Function', 'AllowRootPasswordRecovery-Function-Handler');
    expect(environmentOf(opening)).toMatchObject({
      CLOSING_FUNCTION_ARN: `${here}${closing}`,
      CLOSING_SCHEDULE_GROUP: 'Closings-Group',
      CLOSING_SCHEDULE_ROLE_ARN: 'arn:aws:iam::222222222222:role/Closings-SchedulerRole-Role',
      CLOSING_DEAD_LETTER_QUEUE_ARN: queue,
    });
    expect(environmentOf(given.one('AWS::Lambda::Function', 'Sweep-Function-Handler'))).toMatchObject({
      CLOSING_FUNCTION_ARN: `${here}${closing}`,
    });
  });

  test('happens whatever the settings allow by now', () => {
    const { one, resources } = givenStack('withoutRecovery');
    expect(resources.filter(({ name }) => name.startsWith('AllowRootPasswordRecovery'))).toEqual([]);
    expect(one('AWS::Lambda::Function', closing).properties).toMatchObject({ Timeout: 55 });
    expect(one('AWS::Scheduler::ScheduleGroup')).toBeDefined();
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
  const { resources, one } = givenStack('withoutBucketUnlock');
  expect(resources.filter(({ name }) => name.startsWith('UnlockS3Bucket'))).toEqual([]);
  const giveUp = environmentOf(one('AWS::Lambda::Function', 'GiveUp-Function-Handler'));
  expect(giveUp.FAILURE_QUEUES).not.toContain('unlock-s3-bucket');
});
