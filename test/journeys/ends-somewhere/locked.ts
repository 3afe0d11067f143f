import { type RootTaskName, rootTasks, type TargetKind } from '../../../contract/root-tasks.ts';
import { describeTarget, type Target } from '../../../contract/target.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';

export const account = '156041421443';
const region = 'eu-north-1';
const deny = { Effect: 'Deny', Principal: '*' };

/** Of every kind of target so many, each locked by a Deny for everybody. */
export function lockedOrganization(count: number): NonNullable<ScenarioInput['organization']> {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const locked = (Action: string, Resource: string) => ({
    Version: '2012-10-17',
    Statement: [{ ...deny, Action, Resource }],
  });
  return {
    accounts: [
      {
        id: account,
        buckets: numbers.map((nth) => ({
          name: bucketOf(nth),
          region,
          policy: locked('s3:*', `arn:aws:s3:::${bucketOf(nth)}`),
        })),
        queues: numbers.map((nth) => ({
          name: queueOf(nth),
          region,
          policy: locked('sqs:*', arnOf(nth)),
        })),
      },
    ],
  };
}

const bucketOf = (nth: number) => `locked-${nth}`;
const queueOf = (nth: number) => `orders-${nth}`;
const arnOf = (nth: number) => `arn:aws:sqs:${region}:${account}:${queueOf(nth)}`;

const targets: Readonly<Record<TargetKind, (nth: number) => Record<string, string>>> = {
  bucket: (nth) => ({ accountId: account, bucketName: bucketOf(nth) }),
  queue: (nth) => ({ queueArn: arnOf(nth) }),
};

/** The operation that changes what a root task is about, as the sandbox's call log names it. */
export const changes: Readonly<
  Record<TargetKind, { readonly service: 's3' | 'sqs'; readonly operation: string }>
> = {
  bucket: { service: 's3', operation: 'DeleteBucketPolicy' },
  queue: { service: 'sqs', operation: 'SetQueueAttributes' },
};

export const changeOf = (task: RootTaskName) => changes[rootTasks[task].target];

/** The nth target of a root task. */
export const targetOf = (task: RootTaskName, nth: number) => targets[rootTasks[task].target](nth);

/** In the words of messages to people. */
export const nameInMessages = (task: RootTaskName, nth: number) =>
  describeTarget(targetOf(task, nth) as unknown as Target);
