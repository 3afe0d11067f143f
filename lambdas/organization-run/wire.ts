import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { accountId } from '../../contract/account-id.ts';
import {
  beginRunEnvironment,
  collateRunEnvironment,
  lambdaEnvironment,
  planRunEnvironment,
  runMachines,
} from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readBundleFiles } from '../bundle-files.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { DeliveryLock, lockSeconds } from '../root-task/adapters/delivery-lock.ts';
import { KillSwitch } from '../root-task/adapters/kill-switch.ts';
import { AuditTrail } from '../shared/trail.ts';
import { MemberAccounts } from './adapters/member-accounts.ts';
import { RunMachines } from './adapters/run-machines.ts';
import { RunStore } from './adapters/run-store.ts';

/** What the three functions of a run have in common, made once for each execution environment. */
function wireCommon({ AUDIT_TRAIL_TABLE }: { readonly AUDIT_TRAIL_TABLE: string }) {
  const { AWS_LAMBDA_FUNCTION_NAME: functionName, AWS_REGION: region } = readEnvironment(lambdaEnvironment);
  const files = readBundleFiles();
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region });
  const trail = new AuditTrail(dynamodb, AUDIT_TRAIL_TABLE);
  const lock = (table: string) => new DeliveryLock(dynamodb, table, lockSeconds(files.settings));
  const recorderFor = (context: Context) => {
    logger.addContext(context);
    logger.resetKeys();
    const invocation = { functionName, requestId: context.awsRequestId };
    return { ...files, clock: systemClock, logger, invocation, trail, region };
  };
  return { region, lock, recorderFor };
}

/** The account of a function, as its own ARN says: `arn:aws:lambda:<region>:<account>:function:<name>`. */
function ownAccountOf({ invokedFunctionArn }: Context) {
  return accountId.parse(invokedFunctionArn.split(':')[4]);
}

/** What beginning a run works with, by invocation. */
export function wireBeginner() {
  const environment = readEnvironment(beginRunEnvironment);
  const { lock, recorderFor, region } = wireCommon(environment);
  const deliveryLock = lock(environment.LOCK_TABLE);
  const killSwitch = new KillSwitch(region, environment.SWITCH_PARAMETER);
  const machines = new RunMachines(region, runMachines.parse(JSON.parse(environment.RUN_MACHINES)));
  return (context: Context) => {
    deliveryLock.registerInvocation(context);
    const ownAccountId = ownAccountOf(context);
    return { ...recorderFor(context), ownAccountId, deliveryLock, killSwitch, machines };
  };
}

/** What planning a run works with, by invocation. */
export function wirePlanner() {
  const environment = readEnvironment(planRunEnvironment);
  const { recorderFor, region } = wireCommon(environment);
  const accounts = new MemberAccounts(region);
  const store = new RunStore(region, environment.REPORT_BUCKET);
  return (context: Context) => ({
    ...recorderFor(context),
    ownAccountId: ownAccountOf(context),
    accounts,
    store,
  });
}

/** What collating a run works with, by invocation. */
export function wireCollator() {
  const environment = readEnvironment(collateRunEnvironment);
  const { lock, recorderFor, region } = wireCommon(environment);
  const deliveryLock = lock(environment.LOCK_TABLE);
  const store = new RunStore(region, environment.REPORT_BUCKET);
  return (context: Context) => {
    deliveryLock.registerInvocation(context);
    return { ...recorderFor(context), deliveryLock, store };
  };
}
