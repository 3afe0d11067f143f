import { randomUUID } from 'node:crypto';
import type { BusEvent, Clock, DeployedSchedule, Deployment } from '../parts.ts';
import type { Settling } from '../settling.ts';
import { recurrenceOf } from './schedule-expression.ts';
import { checkTargets, type Targets } from './targets.ts';

export interface SchedulesParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly targets: Targets;
  readonly every: Settling['every'];
}

/** Lets every enabled schedule of the stack fire as the clock passes its times, the first time after now. */
export function startSchedules({ deployment, clock, targets, every }: SchedulesParts): void {
  for (const schedule of deployment.schedules) {
    checkTargets(schedule, deployment);
    const recurrence = recurrenceOf(schedule.expression, clock.now());
    if (!schedule.enabled) continue;
    every(recurrence, async (dueAt) => {
      const event = scheduledEvent(deployment, schedule, dueAt);
      await Promise.all(schedule.targets.map((target) => targets.reach(schedule, target, event)));
    });
  }
}

/** Source: Amazon EventBridge User Guide, "Scheduled Event". */
function scheduledEvent(
  { accountId, region }: Deployment,
  schedule: DeployedSchedule,
  dueAt: number,
): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: new Date(dueAt).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [schedule.arn],
    detail: {},
  };
}
