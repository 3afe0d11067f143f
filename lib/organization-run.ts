import { ArnFormat, Aws, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { ReportBucket } from './report-bucket.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { runDefinition } from './run-definition.ts';

export interface OrganizationRunProps {
  readonly settings: Settings;
  readonly plan: RootdeskFunction;
  /** The function of the lane that visits one account. */
  readonly visit: RootdeskFunction;
  readonly collate: RootdeskFunction;
  readonly reports: ReportBucket;
}

/**
 * The state machine that runs one root task across the organization. Its role can invoke three functions and read
 * lists of accounts: it decides nothing, and opens nothing.
 */
export class OrganizationRun extends Construct {
  readonly machine: CfnStateMachine;
  readonly #role: Role;

  constructor(
    scope: Construct,
    id: string,
    { settings, plan, visit, collate, reports }: OrganizationRunProps,
  ) {
    super(scope, id);
    const stack = Stack.of(this);
    const logs = new LogGroup(this, 'Logs', { retention: settings.logRetentionDays });
    this.#role = new Role(this, 'Role', {
      description: 'What a run across the organization may do',
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    this.#allow('InvokeItsFunctions', ['lambda:InvokeFunction'], arnsOf([plan, visit, collate]));
    reports.grantReadPlans(this.#role);
    this.#allowLogging();
    this.machine = new CfnStateMachine(this, 'Machine', {
      stateMachineType: 'STANDARD',
      definitionString: stack.toJsonString(
        runDefinition({
          partition: Aws.PARTITION,
          plan: plan.handler.functionArn,
          visit: visit.handler.functionArn,
          collate: collate.handler.functionArn,
          maxConcurrency: settings.organizationRuns.maxConcurrency,
        }),
      ),
      roleArn: this.#role.roleArn,
      loggingConfiguration: {
        level: 'ERROR',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
      },
    });
    // Step Functions tries the role as the machine is made: its policy has to be there.
    this.machine.node.addDependency(this.#role);
    this.#allowVisiting();
  }

  #allow(sid: string, actions: string[], resources: string[]): void {
    this.#role.addToPrincipalPolicy(new PolicyStatement({ sid, actions, resources }));
  }

  /** Source: AWS Step Functions Developer Guide, "Logging in CloudWatch Logs": none of these takes a resource. */
  #allowLogging(): void {
    const names = [
      'CreateLogDelivery',
      'GetLogDelivery',
      'UpdateLogDelivery',
      'DeleteLogDelivery',
      'ListLogDeliveries',
      'PutResourcePolicy',
      'DescribeResourcePolicies',
      'DescribeLogGroups',
    ];
    this.#allow(
      'HaveItsErrorsLogged',
      names.map((name) => `logs:${name}`),
      ['*'],
    );
  }

  /**
   * A distributed map starts an execution of its own machine for each item. In a policy apart: the role's other one is
   * there before the machine, and this one names it.
   * Source: AWS Step Functions Developer Guide, "IAM policies for using Distributed Map states".
   */
  #allowVisiting(): void {
    const executions = [':', '/'].map((separator) =>
      Stack.of(this).formatArn({
        service: 'states',
        resource: 'execution',
        // A child of a map run is named by the map's label as well.
        resourceName: `${this.machine.attrName}${separator}*`,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    new Policy(this, 'VisitAccounts', {
      roles: [this.#role],
      statements: [
        new PolicyStatement({
          sid: 'StartVisits',
          actions: ['states:StartExecution'],
          resources: [this.machine.attrArn],
        }),
        new PolicyStatement({
          sid: 'FollowVisits',
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: executions,
        }),
      ],
    });
  }
}

function arnsOf(functions: readonly RootdeskFunction[]): string[] {
  return functions.map(({ handler }) => handler.functionArn);
}
