import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { accountId } from '../../contract/account-id.ts';
import {
  failureQueues,
  giveUpEnvironment,
  lambdaEnvironment,
  runMachines,
  sweepEnvironment,
} from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readBundleFiles } from '../bundle-files.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { RunMachines } from '../organization-run/adapters/run-machines.ts';
import { DeliveryLock, lockSeconds } from '../root-task/adapters/delivery-lock.ts';
import { AuditTrail } from '../shared/trail.ts';
import { ClosingLane } from './adapters/closing-lane.ts';
import type { Sweeper } from './sweep-job.ts';

interface Tables {
  readonly AUDIT_TRAIL_TABLE: string;
  readonly LOCK_TABLE: string;
}

/** What both functions that end requests for others are made of: the trail, the lock, the settings. */
function wireRecorder({ AUDIT_TRAIL_TABLE, LOCK_TABLE }: Tables) {
  const { AWS_LAMBDA_FUNCTION_NAME: functionName, AWS_REGION: region } = readEnvironment(lambdaEnvironment);
  const files = readBundleFiles();
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region });
  const trail = new AuditTrail(dynamodb, AUDIT_TRAIL_TABLE);
  const deliveryLock = new DeliveryLock(dynamodb, LOCK_TABLE, lockSeconds(files.settings));
  return {
    region,
    /** The recorder of one invocation, whose locks lapse with it. */
    recorderFor(context: Context) {
      logger.addContext(context);
      logger.resetKeys();
      deliveryLock.registerInvocation(context);
      const invocation = { functionName, requestId: context.awsRequestId };
      return { ...files, region, clock: systemClock, logger, invocation, trail, deliveryLock };
    },
  };
}

/** What giving up works with: the queues, and by invocation the rest. */
export function wireGivingUp() {
  const environment = readEnvironment(giveUpEnvironment);
  const { recorderFor } = wireRecorder(environment);
  return {
    lanes: failureQueues.parse(JSON.parse(environment.FAILURE_QUEUES)),
    /** A function's own ARN says in which account it is: `arn:aws:lambda:<region>:<account>:function:<name>`. */
    givingUpFor: (context: Context) => ({
      ...recorderFor(context),
      ownAccountId: accountId.parse(context.invokedFunctionArn.split(':')[4]),
    }),
  };
}

/** What a sweep works with, by invocation. */
export function wireSweeper() {
  const environment = readEnvironment(sweepEnvironment);
  const { recorderFor, region } = wireRecorder(environment);
  const machines = new RunMachines(region, runMachines.parse(JSON.parse(environment.RUN_MACHINES)));
  const closings = new ClosingLane(region, environment.CLOSING_FUNCTION_ARN);
  return (context: Context): Sweeper => ({
    ...recorderFor(context),
    machines,
    closings,
    remainingMilliseconds: () => context.getRemainingTimeInMillis(),
  });
}
