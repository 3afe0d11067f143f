import type { Deployment, FaultRequest, SchedulerTarget } from '../../../sandbox/parts.ts';
import { createWorld } from '../../../sandbox/world.ts';
import { givenDeployment, givenFunction, givenQueue } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';

export const account = '222222222222';
export const region = 'eu-central-1';
export const groupArn = `arn:aws:scheduler:${region}:${account}:schedule-group/rootdesk`;
export const scheduleArn = `arn:aws:scheduler:${region}:${account}:schedule/rootdesk/close-1`;
export const maker = `arn:aws:iam::${account}:role/maker`;
export const schedulerRole = `arn:aws:iam::${account}:role/scheduler`;
export const nobody = `arn:aws:iam::${account}:role/nobody`;
export const printer = givenFunction({ name: 'printer', arn: fnArn('printer') }, 'prints');
export const failures = givenQueue('failures');

function fnArn(name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

export const allow = (Action: string, Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

export function role(arn: string, statements: readonly object[], service: string, source?: string) {
  const name = arn.split('/').at(-1) ?? '';
  const Condition = source && { StringEquals: { 'aws:SourceArn': source, 'aws:SourceAccount': account } };
  const trust = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return {
    logicalId: name,
    name,
    arn,
    trustPolicy: { Version: '2012-10-17', Statement: [{ ...trust, ...(Condition && { Condition }) }] },
    maxSessionSeconds: 3600,
    policies: [{ name: 'inline', document: { Version: '2012-10-17', Statement: statements } }],
  };
}

const passing = { Condition: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } } };

const roles = [
  role(
    maker,
    [
      allow('scheduler:*', `arn:aws:scheduler:${region}:${account}:schedule/rootdesk/*`),
      allow('iam:PassRole', schedulerRole, passing),
      allow('iam:PassRole', maker, passing),
    ],
    'lambda.amazonaws.com',
  ),
  role(
    schedulerRole,
    [allow('lambda:InvokeFunction', printer.arn), allow('sqs:SendMessage', failures.arn)],
    'scheduler.amazonaws.com',
    groupArn,
  ),
  role(nobody, [], 'scheduler.amazonaws.com'),
];

export const target: SchedulerTarget = {
  arn: printer.arn,
  roleArn: schedulerRole,
  input: '{"at":"<aws.scheduler.scheduled-time>","attempt":<aws.scheduler.attempt-number>}',
  deadLetterArn: failures.arn,
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 86_400,
};

export function startWorld(own: Partial<Deployment> = {}, faults: readonly FaultRequest[] = []) {
  return createWorld({
    deployment: givenDeployment({
      functions: [printer],
      roles,
      queues: [failures],
      scheduleGroups: [{ name: 'rootdesk', arn: groupArn }],
      ...own,
    }),
    organization: {
      managementAccountId: '111111111111',
      delegatedAdminAccountId: account,
      features: [],
      trustedAccess: true,
      accounts: [],
    },
    faults,
    now: startOfStory,
  });
}
