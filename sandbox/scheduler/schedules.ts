import { recurrenceOf } from '../bus/schedule-expression.ts';
import type { Clock, DeployedSchedulerSchedule, Deployment } from '../parts.ts';
import type { Settling } from '../settling.ts';
import type { HandOver } from './hand-over.ts';
import { oneTimeOf } from './one-time.ts';

/** A schedule that is there: of the template, or made by a call. */
export interface Schedule extends DeployedSchedulerSchedule {
  readonly actionAfterCompletion: 'NONE' | 'DELETE';
  /** Sandbox time in milliseconds. */
  readonly createdAt: number;
  /** By which a repeated call is told from another one; null for those of the template. */
  readonly clientToken: string | null;
}

/** EventBridge Scheduler: every schedule there is, each firing as the clock passes its times. */
export interface Schedules {
  /** The group of this name; `default` is always there. */
  hasGroup(name: string): boolean;
  find(group: string, name: string): Schedule | undefined;
  /** Throws where the expression is not modelled. The caller sees to it that the name is free. */
  create(schedule: Schedule): void;
  /** False where there is no such schedule. */
  remove(group: string, name: string): boolean;
  all(): readonly Schedule[];
}

export interface SchedulesParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly every: Settling['every'];
  readonly handOver: HandOver;
}

export function createSchedules({ deployment, clock, every, handOver }: SchedulesParts): Schedules {
  const there = new Map<string, { readonly schedule: Schedule; readonly end: () => void }>();
  const keyOf = (group: string, name: string) => `${group}/${name}`;

  function remove(group: string, name: string): boolean {
    const key = keyOf(group, name);
    there.get(key)?.end();
    return there.delete(key);
  }

  function create(schedule: Schedule): void {
    const { group, name, expression, enabled, actionAfterCompletion } = schedule;
    const oneTime = oneTimeOf(expression);
    const recurrence = oneTime ?? recurrenceOf(expression, clock.now());
    const fire = async (dueAt: number) => {
      await handOver.begin(schedule, dueAt, () => {
        if (oneTime !== null && actionAfterCompletion === 'DELETE') remove(group, name);
      });
    };
    there.set(keyOf(group, name), { schedule, end: enabled ? every(recurrence, fire) : () => undefined });
  }

  for (const schedule of deployment.schedulerSchedules) {
    create({ ...schedule, actionAfterCompletion: 'NONE', createdAt: clock.now(), clientToken: null });
  }

  return {
    hasGroup: (name) => name === 'default' || deployment.scheduleGroups.some((group) => group.name === name),
    find: (group, name) => there.get(keyOf(group, name))?.schedule,
    create,
    remove,
    all: () => [...there.values()].map(({ schedule }) => schedule),
  };
}
