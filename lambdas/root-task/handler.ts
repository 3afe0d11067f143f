import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { type AccountId, accountOfArn } from '../../contract/account-id.ts';
import { lambdaEnvironment, rootTaskEnvironment } from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readBundleFiles } from '../bundle-files.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { AuditTrail } from '../shared/trail.ts';
import { DeliveryLock, lockSeconds } from './adapters/delivery-lock.ts';
import { KillSwitch } from './adapters/kill-switch.ts';
import { Organization } from './adapters/organization.ts';
import { RootSessions } from './adapters/root-sessions.ts';
import { TargetLocks } from './adapters/target-locks.ts';
import type { Lane } from './lane.ts';
import { carryOut } from './pipeline.ts';
import type { Receipt } from './receipt.ts';
import type { RootTask } from './root-task.ts';

/** Wires a lane once per execution environment: clients, settings and version are the same for every event. */
function wire(makeTask: (region: string) => RootTask) {
  const environment = readEnvironment(rootTaskEnvironment.extend(lambdaEnvironment.shape));
  const { AUDIT_TRAIL_TABLE, AWS_LAMBDA_FUNCTION_NAME, AWS_REGION: region, LOCK_TABLE } = environment;
  const files = readBundleFiles();
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region });
  const lane: Omit<Lane, 'invocation'> & { readonly deliveryLock: DeliveryLock } = {
    ...files,
    region,
    ownAccountId: ownAccountOf(environment.TASK_ROLE_ARN),
    clock: systemClock,
    logger,
    trail: new AuditTrail(dynamodb, AUDIT_TRAIL_TABLE),
    deliveryLock: new DeliveryLock(dynamodb, LOCK_TABLE, lockSeconds(files.settings)),
    targetLocks: new TargetLocks(dynamodb, LOCK_TABLE),
    rootSessions: new RootSessions({
      region,
      partition: environment.PARTITION,
      taskRoleArn: environment.TASK_ROLE_ARN,
      taskPolicyArn: environment.TASK_POLICY_ARN,
    }),
    organization: new Organization(region),
    killSwitch: new KillSwitch(region, environment.SWITCH_PARAMETER),
  };
  return { task: makeTask(region), lane, functionName: AWS_LAMBDA_FUNCTION_NAME };
}

/** A task role is of the account in which its function runs. */
function ownAccountOf(taskRoleArn: string): AccountId {
  const account = accountOfArn(taskRoleArn);
  if (account === undefined) throw new Error(`TASK_ROLE_ARN is no ARN of a role: ${taskRoleArn}`);
  return account;
}

/** The handler of one root task's function. */
export function rootTaskHandler(makeTask: (region: string) => RootTask) {
  let wired: ReturnType<typeof wire> | undefined;
  return async function handleApproval(event: unknown, context: Context): Promise<Receipt | null> {
    wired ??= wire(makeTask);
    const { functionName, lane, task } = wired;
    logger.addContext(context);
    logger.resetKeys();
    lane.deliveryLock.registerInvocation(context);
    return carryOut(event, task, { ...lane, invocation: { functionName, requestId: context.awsRequestId } });
  };
}
