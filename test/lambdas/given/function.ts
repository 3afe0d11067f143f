import type { Context } from 'aws-lambda';
import { logger } from '../../../lambdas/logger.ts';
import { strict } from './strict.ts';
import { givenIndexedTrail } from './table-with-index.ts';

/** A function's context, with so much time left. */
export const givenContext = (remaining = 50_000) =>
  strict<Context>('context', {
    functionName: 'fn',
    functionVersion: '$LATEST',
    memoryLimitInMB: '256',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:222222222222:function:fn',
    awsRequestId: 'run-9',
    tenantId: undefined,
    getRemainingTimeInMillis: () => remaining,
  });

/** A trail and locks in a DynamoDB engine, and the environment that leads a function of ours to them. */
export async function givenFunctionTables(environment: Readonly<Record<string, string>> = {}) {
  const indexed = await givenIndexedTrail();
  const endpoint = await indexed.client.config.endpoint?.();
  const variables = {
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${endpoint?.port}`,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-central-1',
    AWS_LAMBDA_FUNCTION_NAME: 'fn',
    AUDIT_TRAIL_TABLE: 'AuditTrail',
    LOCK_TABLE: 'Other',
    ...environment,
  };
  logger.setLogLevel('SILENT');
  const before = { ...process.env };
  Object.assign(process.env, variables);
  return {
    ...indexed,
    close: async () => {
      process.env = before;
      await indexed.close();
    },
  };
}
