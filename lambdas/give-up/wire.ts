import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { lambdaEnvironment, sweepEnvironment } from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readBundleFiles } from '../bundle-files.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { DeliveryLock, lockSeconds } from '../root-task/adapters/delivery-lock.ts';
import { AuditTrail } from '../shared/trail.ts';

/** What both functions that end requests for others are made of: the trail, the lock, the settings. */
export function wireRecorder() {
  const environment = readEnvironment(sweepEnvironment.extend(lambdaEnvironment.shape));
  const { settings } = readBundleFiles();
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region: environment.AWS_REGION });
  const trail = new AuditTrail(dynamodb, environment.AUDIT_TRAIL_TABLE);
  const deliveryLock = new DeliveryLock(dynamodb, environment.LOCK_TABLE, lockSeconds(settings));
  return {
    settings,
    region: environment.AWS_REGION,
    /** The recorder of one invocation, whose locks lapse with it. */
    recorderFor(context: Context) {
      logger.addContext(context);
      logger.resetKeys();
      deliveryLock.registerInvocation(context);
      const invocation = {
        functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
        requestId: context.awsRequestId,
      };
      return { clock: systemClock, logger, invocation, trail, deliveryLock };
    },
  };
}
