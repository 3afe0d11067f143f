import type { Deployment, Engines } from '../../parts.ts';
import type { Schedule } from '../../scheduler/schedules.ts';
import { createDecideForService } from '../decide.ts';
import { AwsError } from '../errors.ts';
import type { HttpRequest } from '../http-request.ts';
import { type Backstage, type Call, type Operation, plainResource, type Service } from '../operation.ts';
import { resourceOf } from '../resources.ts';
import { type Routed, restJsonWire } from '../wire/rest-json.ts';
import { invalid, parseSchedule, scheduleName } from './scheduler-request.ts';

const operations: Readonly<Record<string, string>> = {
  POST: 'CreateSchedule',
  GET: 'GetSchedule',
  DELETE: 'DeleteSchedule',
};

function route({ method, path, query }: HttpRequest): Routed | null {
  const name = /^\/schedules\/([^/]+)$/.exec(path)?.[1];
  const operation = operations[method];
  if (name === undefined || operation === undefined) return null;
  const GroupName = new URLSearchParams(query).get('groupName');
  const input = { Name: decodeURIComponent(name), ...(GroupName !== null && { GroupName }) };
  return { operation, input, readsBody: method === 'POST' };
}

const wire = restJsonWire(route);
const principal = 'scheduler.amazonaws.com';

/** EventBridge Scheduler: schedules that fire once. Source: EventBridge Scheduler API Reference. */
export function schedulerService(backstage: Backstage, engines: () => Engines): Service {
  return {
    wire,
    operations: {
      CreateSchedule: createSchedule(backstage, engines),
      GetSchedule: getSchedule(backstage, engines),
      DeleteSchedule: deleteSchedule(backstage, engines),
    },
    accessDenied: (message) => new AwsError(403, 'AccessDeniedException', message),
    throttled: () => new AwsError(429, 'ThrottlingException', 'Rate exceeded'),
    failed: () => new AwsError(500, 'InternalServerException', 'Internal server error'),
  };
}

const groupOf = ({ input }: Call) => String(input.GroupName ?? 'default');

function arnOf({ deployment }: Backstage, call: Call): string {
  const { partition, accountId } = deployment;
  return `arn:${partition}:scheduler:${call.region}:${accountId}:schedule/${groupOf(call)}/${call.input.Name}`;
}

function onSchedule(backstage: Backstage, call: Call, action: string) {
  return { action, resource: plainResource(arnOf(backstage, call), backstage.deployment.accountId) };
}

function createSchedule(backstage: Backstage, engines: () => Engines): Operation {
  const { deployment, clock } = backstage;
  return {
    resource: (call) => arnOf(backstage, call),
    permissions(call) {
      const { target } = parseSchedule(call.input, clock.now());
      return [
        onSchedule(backstage, call, 'scheduler:CreateSchedule'),
        {
          action: 'iam:PassRole',
          resource: resourceForPassing(deployment, target.roleArn),
          context: { 'iam:PassedToService': principal },
        },
      ];
    },
    async respond(call) {
      const { schedules } = engines();
      const arn = arnOf(backstage, call);
      const asked = parseSchedule(call.input, clock.now());
      const before = schedules.find(asked.group, asked.name);
      if (before?.clientToken && before.clientToken === asked.clientToken) {
        return wire.success({ ScheduleArn: arn });
      }
      if (before !== undefined) {
        throw new AwsError(409, 'ConflictException', `Schedule ${asked.name} already exists.`);
      }
      if (!schedules.hasGroup(asked.group)) {
        throw new AwsError(404, 'ResourceNotFoundException', `Schedule group ${asked.group} does not exist.`);
      }
      if (!deployment.functions.some((fn) => fn.arn === asked.target.arn)) {
        throw new AwsError(
          501,
          'NotImplemented',
          `the sandbox does not model the target ${asked.target.arn}`,
        );
      }
      await refuseUnlessTrusted(backstage, asked.target.roleArn, asked.group);
      schedules.create({ ...asked, arn, createdAt: clock.now() });
      return wire.success({ ScheduleArn: arn });
    },
  };
}

/** The trust of a role is no policy on passing it. */
function resourceForPassing({ accountId }: Deployment, roleArn: string) {
  return plainResource(roleArn, roleArn.split(':')[4] ?? accountId);
}

/** Scheduler names the group, not the schedule, to the role that it assumes. */
async function refuseUnlessTrusted(backstage: Backstage, roleArn: string, group: string): Promise<void> {
  const { partition, region, accountId } = backstage.deployment;
  const { allowed } = await createDecideForService(backstage)({
    service: principal,
    action: 'sts:AssumeRole',
    resourceArn: resourceOf(backstage, roleArn, accountId).arn,
    sourceArn: `arn:${partition}:scheduler:${region}:${accountId}:schedule-group/${group}`,
  });
  if (!allowed) {
    throw invalid('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
  }
}

function existing(call: Call, engines: () => Engines): Schedule {
  const name = scheduleName(call.input.Name);
  const found = engines().schedules.find(groupOf(call), name);
  if (found === undefined) {
    throw new AwsError(404, 'ResourceNotFoundException', `Schedule ${name} does not exist.`);
  }
  return found;
}

function getSchedule(backstage: Backstage, engines: () => Engines): Operation {
  return {
    resource: (call) => arnOf(backstage, call),
    permissions: (call) => [onSchedule(backstage, call, 'scheduler:GetSchedule')],
    respond(call) {
      const { target, ...schedule } = existing(call, engines);
      const at = schedule.createdAt / 1000;
      return wire.success({
        Arn: schedule.arn,
        Name: schedule.name,
        GroupName: schedule.group,
        ScheduleExpression: schedule.expression,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        State: schedule.enabled ? 'ENABLED' : 'DISABLED',
        ActionAfterCompletion: schedule.actionAfterCompletion,
        CreationDate: at,
        LastModificationDate: at,
        Target: {
          Arn: target.arn,
          RoleArn: target.roleArn,
          ...(target.input !== null && { Input: target.input }),
          ...(target.deadLetterArn !== null && { DeadLetterConfig: { Arn: target.deadLetterArn } }),
          RetryPolicy: {
            MaximumRetryAttempts: target.maximumRetryAttempts,
            MaximumEventAgeInSeconds: target.maximumEventAgeSeconds,
          },
        },
      });
    },
  };
}

function deleteSchedule(backstage: Backstage, engines: () => Engines): Operation {
  return {
    resource: (call) => arnOf(backstage, call),
    permissions: (call) => [onSchedule(backstage, call, 'scheduler:DeleteSchedule')],
    respond(call) {
      const { group, name } = existing(call, engines);
      engines().schedules.remove(group, name);
      return wire.success({});
    },
  };
}
