import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { IAuditTrail } from './audit-trail.ts';
import type { DeliveryLocks } from './delivery-locks.ts';
import type { ReportBucket } from './report-bucket.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

export interface RunCollatorProps {
  readonly settings: Settings;
  readonly trail: IAuditTrail;
  readonly locks: DeliveryLocks;
  readonly reports: ReportBucket;
}

/** Puts together what came of every account of a run, writes the report, and ends the run in the trail. */
export class RunCollator extends Construct {
  readonly function: RootdeskFunction;

  constructor(scope: Construct, id: string, { settings, trail, locks, reports }: RunCollatorProps) {
    super(scope, id);
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'organization-run/collate.ts',
      settings,
      readsSettings: true,
      // It reads the chain of every account, thousands of them, and holds the report whole.
      timeout: Duration.minutes(10),
      memorySize: 2048,
    });
    trail.grantAppend(this.function);
    trail.grantListTarget(this.function);
    locks.grantUse(this.function);
    reports.grantPutReports(this.function);
  }
}
