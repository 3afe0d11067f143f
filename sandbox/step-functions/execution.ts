import type { Definition } from './definition.ts';

/** An execution, as DescribeExecution tells of it and as a story's answer shows it. */
export interface Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: string;
  readonly machineArn: string;
  /** The text that it was started with. */
  readonly inputText: string;
  /** Sandbox times in milliseconds. */
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly ending: Ending;
  /** States entered, further tries and those of a map's children included: what AWS bills a Standard machine by. */
  readonly transitions: number;
}

export type Ending =
  | { readonly status: 'RUNNING' }
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string | null;
      readonly cause: string | null;
    };

/** When the machine's own timeout ends an execution; infinity where it has none. */
export function deadlineOf({ TimeoutSeconds }: Definition, startedAt: number): number {
  return TimeoutSeconds === undefined ? Number.POSITIVE_INFINITY : startedAt + TimeoutSeconds * 1000;
}
