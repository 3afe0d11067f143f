/**
 * Prices in USD, us-east-1, without free tiers; read from AWS's public price pages in 2026. Edit them for another
 * Region: everything the bench says about cost follows from this table and from counted calls.
 */
export const prices = {
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2e-6,
  dynamodbWriteUnit: 0.625e-6,
  dynamodbReadUnit: 0.125e-6,
  dynamodbGbMonth: 0.25,
  dynamodbBackupGbMonth: 0.2,
  eventBridgeEvent: 1e-6,
  snsPublish: 0.5e-6,
  snsEmail: 2 / 100_000,
  kmsKeyMonth: 1,
  kmsRequest: 0.03 / 10_000,
  /** For each metric of an alarm of standard resolution. */
  alarmMetricMonth: 0.1,
  customMetricMonth: 0.3,
  sqsRequest: 0.4e-6,
  logsGb: 0.5,
  /** Of a Standard state machine. */
  stateTransition: 0.025 / 1000,
  s3Put: 0.005 / 1000,
  s3Get: 0.0004 / 1000,
} as const;
