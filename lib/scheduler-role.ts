import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { FailureQueue } from './failure-queue.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

export interface SchedulerRoleProps {
  /** Schedules of this group alone may act as the role. */
  readonly group: CfnScheduleGroup;
  readonly description: string;
  /** What the schedules may invoke. */
  readonly target: RootdeskFunction;
  /** Takes what EventBridge Scheduler could not hand to the function: Scheduler sends it as this role. */
  readonly failures: FailureQueue;
}

/**
 * As whom EventBridge Scheduler invokes one function.
 * Source: EventBridge Scheduler User Guide, "Confused deputy prevention": the source is the group, never a schedule.
 */
export class SchedulerRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { group, description, target, failures }: SchedulerRoleProps) {
    super(scope, id);
    this.role = new Role(this, 'Role', {
      description,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': group.attrArn },
        },
      }),
    });
    this.role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'InvokeTheFunction',
        actions: ['lambda:InvokeFunction'],
        resources: [target.handler.functionArn],
      }),
    );
    failures.grantSend(this.role);
  }
}
