import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { IAuditTrail } from './audit-trail.ts';
import type { ReportBucket } from './report-bucket.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

export interface RunPlannerProps {
  readonly settings: Settings;
  readonly trail: IAuditTrail;
  readonly reports: ReportBucket;
}

/** Lists the accounts of the organization, and says which of them a run visits. */
export class RunPlanner extends Construct {
  readonly function: RootdeskFunction;

  constructor(scope: Construct, id: string, { settings, trail, reports }: RunPlannerProps) {
    super(scope, id);
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'organization-run/plan.ts',
      settings,
      readsSettings: true,
      // Organizations answers 20 accounts at a time, and throttles: ten thousand are some five hundred calls in a row.
      timeout: Duration.minutes(10),
      memorySize: 1024,
    });
    trail.grantAppend(this.function);
    trail.grantListTarget(this.function);
    reports.grantPutPlans(this.function);
    this.function.allow(
      new PolicyStatement({
        sid: 'ListTheOrganization',
        actions: ['ListAccounts', 'ListAccountsForParent', 'ListOrganizationalUnitsForParent'].map(
          (name) => `organizations:${name}`,
        ),
        resources: ['*'],
      }),
    );
  }
}
