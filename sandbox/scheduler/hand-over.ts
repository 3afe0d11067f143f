import { randomUUID } from 'node:crypto';
import { type HandOverFailure, struck } from '../bus/hand-over-failure.ts';
import type { Aws, Clock, DeployedFunction, DeployedSchedulerSchedule, Deployment } from '../parts.ts';
import type { MessageAttribute, NewMessage } from '../queues.ts';
import { payloadOf } from './payload.ts';

const longestDelayMs = 8 * 60_000;
const delayBefore = (retry: number) => Math.min(1000 * 2 ** (retry - 1), longestDelayMs);

export interface HandOverParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly decide: Aws['decide'];
  /** Lambda's asynchronous invocation; ends when nothing more is going on for it now. */
  readonly invokeAsync: (fn: DeployedFunction, event: unknown) => Promise<void>;
  readonly enqueue: (queueArn: string, message: NewMessage) => void;
  readonly later: (at: number, what: string, run: () => Promise<void>) => void;
  readonly strikeHandOver: Aws['strikeHandOver'];
  readonly dropped: (what: string) => void;
}

/** Scheduler handing what is due over to its target, as the schedule's role. */
export interface HandOver {
  /** `completed` is told once there will be no further try. */
  begin(schedule: DeployedSchedulerSchedule, dueAt: number, completed: () => void): Promise<void>;
}

interface Delivery {
  readonly schedule: DeployedSchedulerSchedule;
  readonly executionId: string;
  readonly dueAt: number;
  readonly since: number;
  readonly completed: () => void;
}

/** A target that is not modelled stops the world before its story begins. */
export function functionOfTarget(
  { functions }: Deployment,
  { name, target }: Pick<DeployedSchedulerSchedule, 'name' | 'target'>,
): DeployedFunction {
  const fn = functions.find(({ arn }) => arn === target.arn);
  if (fn === undefined) {
    throw new Error(
      `schedule ${name}: the sandbox models functions of the stack as targets, not ${target.arn}`,
    );
  }
  return fn;
}

export function createHandOver(parts: HandOverParts): HandOver {
  const { deployment, clock } = parts;

  async function refusal(schedule: DeployedSchedulerSchedule, action: string, resource: string) {
    const principalArn = schedule.target.roleArn;
    const { allowed, reason } = await parts.decide({ principalArn, action, resource });
    return allowed ? null : reason;
  }

  async function handOver(delivery: Delivery, attempt: number): Promise<HandOverFailure | null> {
    const { schedule } = delivery;
    const fn = functionOfTarget(deployment, schedule);
    const refused = await refusal(schedule, 'lambda:InvokeFunction', fn.arn);
    if (refused !== null)
      return { code: 'AWS.Lambda.AccessDeniedException', message: refused, retriable: false };
    const effect = parts.strikeHandOver('Invoke');
    if (effect !== undefined) return struck(effect);
    await parts.invokeAsync(fn, JSON.parse(payloadOf(deployment, { ...delivery, attempt })));
    return null;
  }

  async function attempt(delivery: Delivery, retries: number): Promise<void> {
    const failure = await handOver(delivery, retries + 1);
    if (failure === null) return delivery.completed();
    const { schedule, since } = delivery;
    const { maximumRetryAttempts, maximumEventAgeSeconds } = schedule.target;
    const at = clock.now() + delayBefore(retries + 1);
    const exhausted =
      (retries >= maximumRetryAttempts && 'MaximumRetryAttempts') ||
      (at - since > maximumEventAgeSeconds * 1000 && 'MaximumEventAgeInSeconds');
    if (failure.retriable && !exhausted) {
      parts.later(at, `schedule ${schedule.name} tries again`, () => attempt(delivery, retries + 1));
      return;
    }
    await deadLetter(delivery, failure, {
      RETRY_ATTEMPTS: String(retries),
      ...(exhausted && failure.retriable && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    });
    delivery.completed();
  }

  /** Source: EventBridge Scheduler User Guide, "Configuring a dead-letter queue". */
  async function deadLetter(
    delivery: Delivery,
    { code, message }: HandOverFailure,
    more: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { schedule, dueAt, executionId } = delivery;
    const queueArn = schedule.target.deadLetterArn;
    const lost = (why: string) =>
      parts.dropped(`what schedule ${schedule.name} would have sent is lost: ${message}; ${why}`);
    if (queueArn === null) return lost('the target has no dead-letter queue');
    const refused = await mayNotSend(schedule, queueArn);
    if (refused !== null) return lost(refused);
    const texts = {
      ERROR_CODE: code,
      ERROR_MESSAGE: message,
      EXECUTION_ID: executionId,
      IS_PAYLOAD_TRUNCATED: 'false',
      SCHEDULED_TIME: new Date(dueAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      SCHEDULE_ARN: schedule.arn,
      TARGET_ARN: schedule.target.arn,
      ...more,
    };
    const attributes = Object.fromEntries(
      Object.entries(texts).map(([name, stringValue]): [string, MessageAttribute] => [
        name,
        { dataType: 'String', stringValue },
      ]),
    );
    const body = payloadOf(deployment, { ...delivery, attempt: 1 });
    parts.enqueue(queueArn, { body, attributes, senderId: `AROASANDBOXROLE00000:${schedule.name}` });
  }

  async function mayNotSend(schedule: DeployedSchedulerSchedule, queueArn: string): Promise<string | null> {
    const keyArn = deployment.queues.find(({ arn }) => arn === queueArn)?.keyArn ?? null;
    const onKey = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({ action, resource: keyArn }));
    for (const { action, resource } of [{ action: 'sqs:SendMessage', resource: queueArn }, ...onKey]) {
      const refused = resource === null ? null : await refusal(schedule, action, resource);
      if (refused !== null) return refused;
    }
    return null;
  }

  return {
    begin: (schedule, dueAt, completed) =>
      attempt({ schedule, executionId: randomUUID(), dueAt, since: clock.now(), completed }, 0),
  };
}
