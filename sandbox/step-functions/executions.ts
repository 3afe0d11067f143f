import type { BusEvent, DeployedStateMachine, Deployment } from '../parts.ts';
import { allStates, type Definition, readDefinition } from './definition.ts';
import type { Ending, Execution } from './execution.ts';
import { checkByLibrary } from './library-machine.ts';
import { type Play, type PlayParts, playExecution } from './play-execution.ts';
import { statusChange } from './status-change.ts';

/** All executions of the stack's state machines. */
export interface Executions {
  machine(arn: string): DeployedStateMachine | undefined;
  find(arn: string): Execution | undefined;
  /** Begins one. The caller sees to it that its name is free. */
  start(machine: DeployedStateMachine, name: string, inputText: string): Execution;
  /** Aborts it, if it still runs. */
  stop(arn: string, error: string | null, cause: string | null): void;
  all(): readonly Execution[];
  /** The world ends: nothing that sleeps may keep the process. */
  close(): void;
}

export interface ExecutionsParts extends Omit<PlayParts, 'aws'> {
  readonly aws: PlayParts['aws'];
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Puts an event on the default bus, as AWS does. */
  readonly told: (event: BusEvent) => void;
}

interface Row extends Execution {
  ending: Ending;
  stoppedAt: number | null;
  transitions: number;
}

export function createExecutions(parts: ExecutionsParts): Executions {
  const { deployment, definitions, clock, begin } = parts;
  const rows = new Map<string, Row>();
  const plays = new Map<string, Play>();
  let closed = false;

  async function conclude(row: Row, play: Play): Promise<void> {
    row.ending = await play.ended;
    row.stoppedAt = clock.now();
    if (!closed) parts.told(statusChange(deployment, row));
  }

  return {
    machine: (arn) => deployment.stateMachines.find((machine) => machine.arn === arn),
    find: (arn) => rows.get(arn),
    start(machine, name, inputText) {
      const definition = definitions.get(machine.arn);
      if (definition === undefined) throw new Error(`no state machine ${machine.arn} in the stack`);
      const row: Row = {
        arn: executionArn(machine, name),
        name,
        machine: machine.name,
        machineArn: machine.arn,
        inputText,
        startedAt: clock.now(),
        stoppedAt: null,
        ending: { status: 'RUNNING' },
        transitions: 0,
      };
      rows.set(row.arn, row);
      parts.told(statusChange(deployment, row));
      const play = playExecution(parts, {
        machine,
        definition,
        executionArn: row.arn,
        name,
        input: JSON.parse(inputText),
        startedAt: row.startedAt,
        transition() {
          row.transitions += 1;
        },
      });
      plays.set(row.arn, play);
      // Not to be waited for: it may sleep, and its strands say when they are at work.
      conclude(row, play).catch((fault: unknown) => begin(Promise.reject(fault)));
      return row;
    },
    stop: (arn, error, cause) => plays.get(arn)?.abort(error, cause),
    all: () => [...rows.values()],
    close() {
      closed = true;
      for (const play of plays.values()) play.abort(null, null);
    },
  };
}

export function executionArn({ arn }: DeployedStateMachine, name: string): string {
  return `${arn.replace(':stateMachine:', ':execution:')}:${name}`;
}

/** Reads every definition at once: one that is not understood stops the world before its story begins. */
export function readDefinitions({ stateMachines }: Deployment): ReadonlyMap<string, Definition> {
  return new Map(
    stateMachines.map(({ name, arn, definition }) => {
      const read = readDefinition(name, definition);
      checkByLibrary(definition);
      return [arn, read];
    }),
  );
}

/** How many runs at once the maps of the stack may ask of a function. */
export function mostAtOnce({ stateMachines }: Deployment): ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  for (const { name, definition } of stateMachines) {
    for (const [, map] of allStates(readDefinition(name, definition))) {
      if (map.Type !== 'Map') continue;
      for (const [, task] of allStates(map.ItemProcessor)) {
        if (task.Type !== 'Task') continue;
        const { FunctionName } = task.Parameters;
        most.set(FunctionName, Math.max(most.get(FunctionName) ?? 0, map.MaxConcurrency));
      }
    }
  }
  return most;
}

/** A machine whose role does not trust Step Functions cannot be made in AWS: said before the story begins. */
export async function checkMachineRoles(
  { stateMachines }: Deployment,
  decideForService: (request: {
    readonly service: string;
    readonly action: string;
    readonly resourceArn: string;
    readonly sourceArn: string;
  }) => Promise<{ readonly allowed: boolean; readonly reason: string }>,
): Promise<void> {
  for (const { name, arn, roleArn } of stateMachines) {
    const { allowed, reason } = await decideForService({
      service: 'states.amazonaws.com',
      action: 'sts:AssumeRole',
      resourceArn: roleArn,
      sourceArn: arn,
    });
    if (!allowed)
      throw new Error(`Step Functions may not assume the role of state machine ${name}: ${reason}`);
  }
}
