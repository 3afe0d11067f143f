import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { milliseconds } from '../../contract/duration.ts';
import { AwsError } from '../aws/errors.ts';
import { findAccount } from '../aws/organization.ts';
import { acceptPolicy as acceptBucketPolicy } from '../aws/services/s3/policy-validation.ts';
import { acceptPolicy as acceptQueuePolicy } from '../aws/services/sqs/policy-validation.ts';
import { deepJson } from '../deep-json.ts';
import type { Decision, Deployment, PolicyDocument } from '../parts.ts';
import { redrive } from '../redrive.ts';
import { setParameter } from '../set-parameter.ts';
import type { World } from '../world.ts';
import { parkingNamed } from './failure-queues.ts';
import { functionNamed } from './lane-function.ts';
import { changeAccount, createRootCredential, useRootCredential } from './owner-steps.ts';
import { administratorOf, principalOf, principalOfActor } from './principals.ts';
import { parameterNamed } from './stack-parameter.ts';
import type { Entry, Step } from './steps-schema.ts';

export interface Stage {
  readonly world: World;
  /** The first configured sender role. */
  readonly senderRoleArn: string;
  /** Takes what `try` steps came to. */
  readonly tries: Decision[];
}

/** The bus that approvals go to, by its ARN: senders live in other accounts. */
function productBus({ buses }: Deployment): string {
  const [bus, ...others] = buses;
  if (bus === undefined || others.length > 0)
    throw new Error('the sandbox expects a stack with one event bus');
  return bus.arn;
}

function requestEntry({ Time, Detail, ...rest }: Entry, busArn: string): PutEventsRequestEntry {
  return {
    EventBusName: busArn,
    ...rest,
    ...(Time !== undefined && { Time: new Date(Time) }),
    ...(Detail !== undefined && { Detail: typeof Detail === 'string' ? Detail : deepJson(Detail) }),
  };
}

async function putBucketPolicy({ world }: Stage, step: NonNullable<Step['putBucketPolicy']>): Promise<void> {
  const account = findAccount(world.organization, step.accountId);
  const bucket = account?.buckets.find(({ name }) => name === step.bucketName);
  if (bucket === undefined) throw new RangeError(`no bucket ${step.bucketName} in account ${step.accountId}`);
  const arn = `arn:${world.deployment.partition}:s3:::${bucket.name}`;
  await putPolicy(world, arn, step.policy, acceptBucketPolicy);
}

/** An owner's policy, where AWS would take it; a refusal is told in the logs. */
async function putPolicy(
  world: World,
  arn: string,
  policy: NonNullable<Step['putQueuePolicy']>['policy'],
  accept: (text: string, arn: string) => Promise<PolicyDocument>,
): Promise<void> {
  try {
    if (policy !== null) await accept(typeof policy === 'string' ? policy : JSON.stringify(policy), arn);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return toldOf(world, `the policy that its owner puts on ${arn}: ${error.code}: ${error.message}`);
  }
  world.aws.setPolicy(arn, policy);
}

async function putParameter({ world, senderRoleArn }: Stage, step: NonNullable<Step['setParameter']>) {
  const principalArn = principalOf(step.as, world.deployment, senderRoleArn);
  const { arn } = parameterNamed(world.deployment, step.name);
  const refusal = await setParameter(world, principalArn, arn, step.value);
  if (refusal !== null) toldOf(world, `PutParameter of ${principalArn}: ${refusal}`);
}

async function redriveParked({ world, senderRoleArn }: Stage, step: NonNullable<Step['redrive']>) {
  const principalArn = principalOf(step.as, world.deployment, senderRoleArn);
  for (const { arn } of parkingNamed(world.deployment, step.queue)) {
    const refusal = await redrive(world, principalArn, arn);
    if (refusal !== null) toldOf(world, `StartMessageMoveTask of ${principalArn}: ${refusal}`);
  }
}

function toldOf({ journal }: World, message: string): void {
  journal.logs.push({ level: 'ERROR', message, service: 'sandbox' });
}

/** Plays one step, and waits until everything that it set off has settled (or `settleFor` has passed). */
export async function playStep(stage: Stage, step: Step): Promise<void> {
  const { world, senderRoleArn } = stage;
  if (step.putEvents !== undefined) {
    const { as, entry, entries = [], deliveries } = step.putEvents;
    const busArn = productBus(world.deployment);
    const given = entry === undefined ? entries : [entry];
    await world.putEvents(
      principalOfActor(as, world.deployment, senderRoleArn),
      given.map((one) => requestEntry(one, busArn)),
      deliveries,
    );
  }
  if (step.invoke !== undefined) {
    const { as, function: name, event } = step.invoke;
    const fn = functionNamed(world.deployment, name);
    await world.invoke(principalOfActor(as, world.deployment, senderRoleArn), fn, event);
  }
  if (step.advanceClock !== undefined) await world.advance(milliseconds(step.advanceClock));
  if (step.putBucketPolicy !== undefined) await putBucketPolicy(stage, step.putBucketPolicy);
  if (step.putQueuePolicy !== undefined) {
    const { queueArn, policy } = step.putQueuePolicy;
    await putPolicy(world, queueArn, policy, acceptQueuePolicy);
  }
  if (step.setParameter !== undefined) await putParameter(stage, step.setParameter);
  if (step.redrive !== undefined) await redriveParked(stage, step.redrive);
  if (step.createRootCredential !== undefined) createRootCredential(world, step.createRootCredential);
  if (step.useRootCredential !== undefined) useRootCredential(world, step.useRootCredential);
  if (step.changeAccount !== undefined) changeAccount(world, step.changeAccount);
  if (step.try !== undefined) {
    const { accountId, as, action, context, resource } = step.try;
    const principalArn = as === 'admin' ? administratorOf(accountId) : as;
    stage.tries.push(await world.decide({ principalArn, action, resource, ...(context && { context }) }));
  }
  const settleFor = step.putEvents?.settleFor ?? step.invoke?.settleFor;
  await world.settle(settleFor === undefined ? undefined : world.clock.now() + milliseconds(settleFor));
}
