import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import type { Flow, MapState, State, TaskState, WaitState } from './definition.ts';

/** What the sandbox does in place of the library, each given what the library made of the state's input. */
export interface Takeovers {
  task(name: string, state: TaskState, parameters: unknown): Promise<unknown>;
  wait(name: string, parameters: WaitParameters): Promise<unknown>;
  map(name: string, state: MapState, parameters: MapParameters): Promise<unknown>;
}

export interface WaitParameters {
  readonly input: unknown;
  readonly seconds?: number;
  readonly timestamp?: string;
}

export interface MapParameters {
  readonly input: unknown;
  /** Given by the state's input; not there when an ItemReader reads them. */
  readonly items?: unknown;
  readonly Bucket?: string;
  readonly Key?: string;
}

/** Real seconds after which the library would end a task; it takes none for a minute. Longer ones overflow its timer. */
const never = 2_000_000;

/**
 * The library waits on the reader's clock, ignores half of what a distributed map says, and runs no function but in AWS.
 * So tasks, waits and maps become tasks that the sandbox takes over; paths, choices and catchers stay the library's.
 */
function rewritten(state: State): Record<string, unknown> {
  switch (state.Type) {
    case 'Task': {
      const { Retry: _, TimeoutSeconds: __, ...kept } = state;
      return { ...kept, TimeoutSeconds: never };
    }
    case 'Wait':
      return takenOver(state, { 'input.$': '$', ...waitingFor(state) });
    case 'Map':
      return takenOver(state, { 'input.$': '$', ...state.ItemReader?.Parameters, ...itemsIn(state) });
    case 'Pass':
    case 'Choice':
    case 'Succeed':
    case 'Fail':
      return state;
    default:
      return state satisfies never;
  }
}

function takenOver(state: WaitState | MapState, Parameters: Record<string, unknown>) {
  const { InputPath, OutputPath, Next, End } = state;
  const ofMap =
    state.Type === 'Map'
      ? { ResultSelector: state.ResultSelector, ResultPath: state.ResultPath, Catch: state.Catch }
      : {};
  const fields = { InputPath, OutputPath, Next, End, ...ofMap };
  // The library looks whether a field is there, not whether it holds something.
  const stated = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    Type: 'Task',
    Resource: 'sandbox',
    Parameters,
    TimeoutSeconds: never,
    ...Object.fromEntries(stated),
  };
}

function waitingFor({ Seconds, SecondsPath, Timestamp, TimestampPath }: WaitState): Record<string, unknown> {
  if (Seconds !== undefined) return { seconds: Seconds };
  if (SecondsPath !== undefined) return { 'seconds.$': SecondsPath };
  return Timestamp !== undefined ? { timestamp: Timestamp } : { 'timestamp.$': TimestampPath };
}

function itemsIn({ ItemReader, ItemsPath = '$' }: MapState): Record<string, unknown> {
  return ItemReader === undefined ? { 'items.$': ItemsPath } : {};
}

export interface LibraryRun {
  readonly output: Promise<unknown>;
  /** Nothing further starts. */
  abort(): void;
}

export interface LibraryMachine {
  /** `entered` is told of every state that begins. */
  run(input: unknown, context: object, takeovers: Takeovers, entered: () => void): LibraryRun;
}

const unchecked = { validationOptions: { noValidate: true } };
const asLibrary = (flow: object) => flow as unknown as StateMachineDefinition;

/** Checks the definition as it stands in the template; throws what is wrong with it. */
export function checkByLibrary(stated: object): void {
  new StateMachine(asLibrary(stated), { validationOptions: { checkArn: false } });
}

/** A flow, ready to be run often. */
export function createLibraryMachine(flow: Flow): LibraryMachine {
  const states = Object.entries(flow.States);
  const definition = {
    StartAt: flow.StartAt,
    States: Object.fromEntries(states.map(([name, state]) => [name, rewritten(state)])),
  };
  const machine = new StateMachine(asLibrary(definition), unchecked);
  return {
    run(input, context, takeovers, entered) {
      const run = machine.run(input as never, {
        context: context as never,
        overrides: { taskResourceLocalHandlers: handlersOf(states, takeovers) as never },
      });
      void countEntered(run.eventLogs, entered);
      return { output: run.result, abort: run.abort };
    },
  };
}

function handlersOf(states: readonly [string, State][], takeovers: Takeovers) {
  const handlers: Record<string, (parameters: unknown) => Promise<unknown>> = {};
  for (const [name, state] of states) {
    if (state.Type === 'Task') handlers[name] = (parameters) => takeovers.task(name, state, parameters);
    if (state.Type === 'Wait')
      handlers[name] = (parameters) => takeovers.wait(name, parameters as WaitParameters);
    if (state.Type === 'Map') {
      handlers[name] = (parameters) => takeovers.map(name, state, parameters as MapParameters);
    }
  }
  return handlers;
}

async function countEntered(
  events: AsyncIterable<{ readonly type: string }>,
  entered: () => void,
): Promise<void> {
  for await (const { type } of events) if (type === 'StateEntered') entered();
}

/** Fills in an item selector: a flow of one state, for the library keeps its templates to itself. */
export function createItemSelector(selector: Readonly<Record<string, unknown>>) {
  const select = { StartAt: 'Select', States: { Select: { Type: 'Pass', Parameters: selector, End: true } } };
  const machine = new StateMachine(asLibrary(select), unchecked);
  return (input: unknown, context: object): Promise<unknown> =>
    machine.run(input as never, { context: context as never }).result;
}
