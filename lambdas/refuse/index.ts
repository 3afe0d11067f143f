import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { lambdaEnvironment, refuseEnvironment } from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readBundleFiles } from '../bundle-files.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import type { Receipt } from '../root-task/receipt.ts';
import { AuditTrail } from '../shared/trail.ts';
import { refuse } from './refuse.ts';

function wire() {
  const environment = readEnvironment(refuseEnvironment.extend(lambdaEnvironment.shape));
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region: environment.AWS_REGION });
  return {
    functionName: environment.AWS_LAMBDA_FUNCTION_NAME,
    settings: readBundleFiles().settings,
    trail: new AuditTrail(dynamodb, environment.AUDIT_TRAIL_TABLE),
  };
}

let wired: ReturnType<typeof wire> | undefined;

/** Takes the events that claim to be approvals and that no root task's lane takes: each is refused and recorded. */
export async function handler(event: unknown, context: Context): Promise<Receipt | null> {
  wired ??= wire();
  const { functionName, settings, trail } = wired;
  logger.addContext(context);
  const invocation = { functionName, requestId: context.awsRequestId };
  const recorder = { clock: systemClock, logger, invocation, trail };
  return refuse(event, settings, recorder);
}
