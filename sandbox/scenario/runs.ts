import type { Schedule } from '../scheduler/schedules.ts';
import type { Execution } from '../step-functions/execution.ts';

/** An execution of a state machine, as the answer shows it. */
export interface ShownExecution {
  readonly name: string;
  readonly machine: string;
  readonly status: Execution['ending']['status'];
  readonly input: unknown;
  readonly output?: unknown;
  readonly error?: string | null;
  readonly cause?: string | null;
  /** States entered, further tries and those of a map's children included. */
  readonly transitions: number;
}

/** A schedule of EventBridge Scheduler, as the answer shows it. */
export interface ShownSchedule {
  readonly group: string;
  readonly name: string;
  readonly expression: string;
  readonly target: string;
}

export function shownExecution({ name, machine, inputText, ending, transitions }: Execution): ShownExecution {
  return { name, machine, input: JSON.parse(inputText), ...ending, transitions };
}

export function shownSchedule({ group, name, expression, target }: Schedule): ShownSchedule {
  return { group, name, expression, target: target.arn };
}
