import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { BeginRunEnvironment } from '../contract/environment.ts';
import { isOrganizationTask } from '../contract/root-tasks.ts';
import type { ApprovalBus } from './approval-bus.ts';
import { runPattern } from './approval-patterns.ts';
import { BusRule } from './bus-rule.ts';
import { FailedRunAlarm } from './failed-run-alarm.ts';
import type { OpenLane } from './open-lanes.ts';
import { OrganizationRun } from './organization-run.ts';
import { pascalCase } from './pascal-case.ts';
import { PlainFault } from './plain-fault.ts';
import type { ReportBucket } from './report-bucket.ts';
import type { RootTaskLane } from './root-task-lane.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';
import { RunBeginner, type RunBeginnerProps } from './run-beginner.ts';
import { RunCollator } from './run-collator.ts';
import { RunPlanner } from './run-planner.ts';
import { ScheduledAudit } from './scheduled-audit.ts';

export interface OrganizationRunsProps extends RunBeginnerProps {
  /** What may be approved, and by whom. */
  readonly open: readonly OpenLane[];
  /** The lanes of those root tasks: each visits the accounts of its task's runs. */
  readonly lanes: readonly RootTaskLane[];
  readonly bus: ApprovalBus;
  readonly reports: ReportBucket;
}

/**
 * Runs across the organization: one function begins them, a state machine for each root task that can be run so takes
 * them through, and two functions make its plan and its report.
 */
export class OrganizationRuns extends Construct {
  readonly begin: RunBeginner;
  readonly rules: BusRule[] = [];
  /** By root task. */
  readonly #runs = new Map<string, OrganizationRun>();

  constructor(scope: Construct, id: string, props: OrganizationRunsProps) {
    super(scope, id);
    const { open, lanes, bus, onCall, settings } = props;
    this.begin = new RunBeginner(this, 'Begin', props);
    const plan = new RunPlanner(this, 'Plan', props).function;
    const collate = new RunCollator(this, 'Collate', props).function;

    for (const lane of open.filter(({ task }) => isOrganizationTask(task))) {
      const { task } = lane;
      const visit = lanes.find((built) => built.task === task)?.function;
      if (visit === undefined) throw new Error(`no lane of ${task}`);
      const run = new OrganizationRun(this, pascalCase(task), { ...props, plan, visit, collate });
      this.#runs.set(task, run);
      new FailedRunAlarm(run, 'Failed', { machine: run.machine, task, onCall });
      const rule = new BusRule(run, 'Approvals', {
        bus,
        description: `Approvals of ${task} across the organization`,
        pattern: runPattern(lane),
        target: this.begin.function,
        failures: this.begin.failures,
      });
      this.rules.push(rule);
    }
    this.grantStart(this.begin.function);

    const { enabled, schedule } = settings.organizationRuns.scheduledAudit;
    if (enabled) this.#auditBySchedule(schedule);
  }

  /** Lets a function start runs, and tells it which state machine runs which root task. */
  grantStart(fn: RootdeskFunction): void {
    const machines = [...this.#runs].map(([task, { machine }]) => [task, machine.attrArn] as const);
    if (machines.length > 0) {
      fn.allow(
        new PolicyStatement({
          sid: 'StartRuns',
          actions: ['states:StartExecution'],
          resources: machines.map(([, arn]) => arn),
        }),
      );
    }
    fn.addEnvironment<Pick<BeginRunEnvironment, 'RUN_MACHINES'>>({
      RUN_MACHINES: Stack.of(this).toJsonString(Object.fromEntries(machines)),
    });
  }

  #auditBySchedule(schedule: string): void {
    if (!this.#runs.has('audit-root-credentials')) {
      throw new PlainFault(
        'organizationRuns.scheduledAudit.enabled is true, but nobody may approve "audit-root-credentials": enable ' +
          'the task in tasks, and let a ticket source approve it, or leave scheduled audits off.',
      );
    }
    new ScheduledAudit(this, 'ScheduledAudit', {
      schedule,
      begin: this.begin.function,
      failures: this.begin.failures,
    });
  }
}
