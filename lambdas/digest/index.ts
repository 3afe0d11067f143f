import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import { digestEnvironment, lambdaEnvironment } from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { AuditTrail } from '../shared/trail.ts';
import { DigestBucket } from './digest-bucket.ts';
import { type Witness, witness } from './witness.ts';

/** To read the last chains, and to check, sort and store what may be the digest of a large day. */
const neededMilliseconds = 30_000;

function wire(): Omit<Witness, 'hasTime'> {
  const {
    AUDIT_TRAIL_TABLE,
    AWS_REGION: region,
    DIGEST_BUCKET,
  } = readEnvironment(digestEnvironment.extend(lambdaEnvironment.shape));
  return {
    clock: systemClock,
    trail: new AuditTrail(new DynamoDBClient({ ...clientDefaults, region }), AUDIT_TRAIL_TABLE),
    bucket: new DigestBucket(new S3Client({ ...clientDefaults, region }), DIGEST_BUCKET),
  };
}

let wired: ReturnType<typeof wire> | undefined;

/** Once a day: writes down, outside of the table, where every chain of the audit trail stood at the end of each day. */
export async function handler(_: unknown, context: Context): Promise<void> {
  wired ??= wire();
  logger.addContext(context);
  await witness({ ...wired, hasTime: () => context.getRemainingTimeInMillis() > neededMilliseconds });
}
