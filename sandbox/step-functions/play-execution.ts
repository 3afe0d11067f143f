import { randomUUID } from 'node:crypto';
import { SandboxError } from '../aws/errors.ts';
import type { Aws, Clock, DeployedStateMachine, Deployment } from '../parts.ts';
import type { Settling } from '../settling.ts';
import type { Definition, Flow, MapState } from './definition.ts';
import { runMap } from './distributed-map.ts';
import { deadlineOf, type Ending } from './execution.ts';
import { readItems } from './item-reader.ts';
import type { LambdaTask } from './lambda-task.ts';
import {
  createItemSelector,
  createLibraryMachine,
  type LibraryRun,
  type Takeovers,
} from './library-machine.ts';
import { withRetries } from './retries.ts';
import { StateError } from './state-error.ts';
import { beingElsewhere, createStrands, type Whereabouts } from './strands.ts';

export interface PlayParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly aws: Pick<Aws, 'endpoint' | 'credentialsForRole' | 'decide' | 'faultsOf'>;
  readonly begin: Settling['begin'];
  readonly later: Settling['later'];
  readonly runTask: LambdaTask;
  readonly whereabouts: Whereabouts;
}

export interface Play {
  /** Settles with the ending. Rejects with what the sandbox itself could not do. */
  readonly ended: Promise<Ending>;
  /** Somebody has stopped it: functions that run do finish, nothing further starts. */
  abort(error: string | null, cause: string | null): void;
}

export interface Cast {
  readonly machine: DeployedStateMachine;
  readonly definition: Definition;
  readonly executionArn: string;
  readonly name: string;
  readonly input: unknown;
  readonly startedAt: number;
  /** Told of every transition that AWS would bill. */
  readonly transition: () => void;
}

/** Not an error of a state: ends what still runs of an execution that has ended already. */
class Over extends Error {
  override readonly name = 'Over';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

/** Plays one execution of a machine on the sandbox's clock. */
export function playExecution(parts: PlayParts, cast: Cast): Play {
  const { clock, deployment, aws } = parts;
  const { machine, definition, executionArn, transition } = cast;
  const deadline = deadlineOf(definition, cast.startedAt);
  const strands = createStrands(parts);
  const runs = new Set<LibraryRun>();
  const { promise: ended, resolve, reject } = Promise.withResolvers<Ending>();
  let over = false;

  function end(ending: Ending): void {
    if (over) return;
    over = true;
    strands.end(new Over(ending.status));
    for (const run of runs) run.abort();
    resolve(ending);
  }

  /** The machine's timeout is looked at whenever something begins or goes on; a story does not wait for it. */
  function checkTime(): void {
    if (!over && clock.now() > deadline) end({ status: 'TIMED_OUT', error: null, cause: null });
    if (over) throw new Over('the execution has ended');
  }

  async function sleep(until: number, what: string): Promise<void> {
    await strands.sleep(Math.min(until, deadline + 1), `${machine.name}: ${what}`);
    checkTime();
  }

  /** What is no error of a state is the sandbox's own fault, which no catcher may hide. */
  async function guarded<Result>(what: () => Promise<Result>): Promise<Result> {
    try {
      checkTime();
      return await what();
    } catch (error) {
      if (error instanceof StateError || error instanceof Over) throw error;
      over = true;
      reject(error);
      throw new Over('the sandbox failed', { cause: error });
    }
  }

  function takeoversOf(strand: string): Takeovers {
    const retrying = <Result>(name: string, retriers: MapState['Retry'], attempt: () => Promise<Result>) =>
      withRetries(
        {
          retriers,
          seed: `${cast.name} ${strand} ${name}`,
          wait: (milliseconds) => sleep(clock.now() + milliseconds, `${name} tries again`),
          retried: transition,
        },
        () => guarded(attempt),
      );
    return {
      task: (name, state, parameters) =>
        retrying(name, state.Retry, async () => {
          const until = clock.now() + (state.TimeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000;
          const result = await parts.runTask(machine, name, parameters);
          if (clock.now() > until) throw new StateError('States.Timeout', `The task ${name} timed out.`);
          checkTime();
          return result;
        }),
      wait: (name, { input, seconds, timestamp }) =>
        guarded(async () => {
          const until = seconds === undefined ? Date.parse(timestamp ?? '') : clock.now() + seconds * 1000;
          if (Number.isNaN(until)) throw new StateError('States.Runtime', `${name} waits for no time.`);
          if (until > clock.now()) await sleep(until, name);
          return input;
        }),
      map: (name, state, parameters) =>
        retrying(name, state.Retry, async () => {
          await mayStartChildren(name);
          const visit = visiting(name, state, parameters.input);
          return runMap({
            name,
            state,
            parameters,
            strands,
            visit: (item, index) => guarded(() => visit(item, index)),
            ended: () => over,
            readItems() {
              const { Bucket = '', Key = '' } = parameters;
              const reader = { deployment, clock, aws };
              const most = state.ItemReader?.ReaderConfig.MaxItems;
              return beingElsewhere(parts.whereabouts, readItems(reader, machine, { Bucket, Key }, most));
            },
          });
        }),
    };
  }

  /** A distributed map starts its children as the machine's role. */
  async function mayStartChildren(name: string): Promise<void> {
    const { allowed, reason } = await aws.decide({
      principalArn: machine.roleArn,
      action: 'states:StartExecution',
      resource: machine.arn,
    });
    if (!allowed) {
      throw new StateError(
        'States.Runtime',
        `The map ${name} could not start a child workflow execution. ${reason}`,
      );
    }
  }

  function visiting(name: string, state: MapState, mapInput: unknown) {
    const { ItemSelector } = state;
    const label = state.Label ?? name;
    const select = ItemSelector && createItemSelector(ItemSelector);
    const runChild = running(state.ItemProcessor);
    const arnOfChild = `${executionArn.split(':').slice(0, 6).join(':')}:${machine.name}/${label}`;
    return async (item: unknown, index: number): Promise<unknown> => {
      if (!item)
        throw new SandboxError(
          `${machine.name}: the sandbox models no item ${JSON.stringify(item)} of ${name}`,
        );
      const faults = aws.faultsOf('states', 'RunChild');
      strike(faults.take('before'));
      const context = contextOf(executionArn, cast.name, cast.input);
      const input =
        select === undefined
          ? item
          : await select(mapInput, { ...context, Map: { Item: { Index: index, Value: item } } });
      const child = randomUUID();
      const output = await runChild(input, contextOf(`${arnOfChild}:${child}`, child, input), String(index));
      strike(faults.take('after'));
      return output;
    };
  }

  function strike(effect: ReturnType<ReturnType<Aws['faultsOf']>['take']>): void {
    if (effect === 'abort') end({ status: 'ABORTED', error: null, cause: null });
    if (over) throw new Over('the execution has ended');
  }

  function contextOf(Id: string, Name: string, Input: unknown) {
    return {
      Execution: { Id, Name, RoleArn: machine.roleArn, Input },
      StateMachine: { Id: machine.arn, Name: machine.name },
    };
  }

  /** Runs a flow of states; every error that comes out is one of a state, or the execution is over. */
  function running(flow: Flow) {
    const library = createLibraryMachine(flow);
    return async (input: unknown, context: object, strand: string): Promise<unknown> => {
      const run = library.run(input, context, takeoversOf(strand), transition);
      runs.add(run);
      try {
        return await run.output;
      } catch (error) {
        throw stateErrorOf(error);
      } finally {
        runs.delete(run);
      }
    };
  }

  async function main(): Promise<void> {
    try {
      const context = contextOf(executionArn, cast.name, cast.input);
      const output = await running(definition)(cast.input, context, '');
      end({ status: 'SUCCEEDED', output });
    } catch (error) {
      if (!(error instanceof StateError)) return;
      end({ status: 'FAILED', error: error.name, cause: error.message });
    }
  }

  strands.run(main).catch(reject);
  return { ended, abort: (error, cause) => end({ status: 'ABORTED', error, cause }) };
}

/** The library wraps what ended a run; its own errors carry the names of the language. */
function stateErrorOf(thrown: unknown): Error {
  const error = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (error instanceof StateError || error instanceof Over) return error;
  if (!(error instanceof Error)) return new Over('ended', { cause: error });
  return error.name === 'ExecutionAbortedError'
    ? new Over('aborted')
    : new StateError(error.name, error.message);
}
