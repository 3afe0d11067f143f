import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { IAuditTrail } from './audit-trail.ts';
import { DigestBucket } from './digest-bucket.ts';
import { FailureQueue } from './failure-queue.ts';
import { MissingRunAlarm } from './missing-run-alarm.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import { RootdeskFunction } from './rootdesk-function.ts';
import { ScheduledRun } from './scheduled-run.ts';

export interface DigestProps {
  readonly settings: Settings;
  readonly trail: IAuditTrail;
  readonly onCall: OnCallTopics;
}

/** Puts the heads of each day's chains where nobody can change them, soon after midnight UTC. */
export class Digest extends Construct {
  readonly bucket: DigestBucket;
  readonly function: RootdeskFunction;

  constructor(scope: Construct, id: string, { settings, trail, onCall }: DigestProps) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', {
      settings,
      onCall,
      alarmDescription:
        "rootdesk: a day's digest of the audit trail could not be put into its bucket. It is made up for within two " +
        'days; after that, the end of a chain of that day can no longer be proven. Look into the logs of ' +
        'lambdas/digest/index.ts.',
      runbookSection: 'Alarm: the digest failed',
    });
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'digest/index.ts',
      settings,
      // A day of tens of thousands of requests is read chain by chain; nothing else is as patient.
      timeout: Duration.minutes(10),
      memorySize: 1024,
      failures,
    });
    trail.grantRead(this.function);
    trail.grantList(this.function);
    this.bucket = new DigestBucket(this, 'Bucket', { settings });
    this.bucket.grantPutDigests(this.function);
    new ScheduledRun(this, 'Daily', {
      description: 'Puts the digest of the day before',
      schedule: Schedule.cron({ minute: '10', hour: '0' }),
      target: this.function,
      failures,
    });
    new MissingRunAlarm(this, 'MissingRuns', {
      runs: this.function.handler.metricInvocations(),
      every: 'day',
      meaning:
        "the digest of the audit trail's chains has not run for more than a day. What it misses for more than three " +
        'days is never made up for: the end of a chain of such a day can no longer be proven.',
      onCall,
    });
  }
}
