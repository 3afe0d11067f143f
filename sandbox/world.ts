import { randomUUID } from 'node:crypto';
import { type SwitchValue, switchParameterName } from '../contract/switch.ts';
import { startAws } from './aws/start.ts';
import { compileRules, createBusDelivery } from './bus/delivery.ts';
import { startSchedules } from './bus/schedules.ts';
import { createTargets } from './bus/targets.ts';
import { createClock } from './clock.ts';
import { followCalls } from './follow-calls.ts';
import { createJournal, type Journal } from './journal.ts';
import { createAsyncInvocations } from './lambda/async-invocation.ts';
import { checkDestinations, createFailureDestination } from './lambda/failure-destination.ts';
import { createFunctions } from './lambda/functions.ts';
import { checkQueueReads, createQueueConsumers } from './lambda/queue-consumers.ts';
import { checkStreamReads, createStreams } from './lambda/streams.ts';
import { isKeepingWarm } from './lambda/warm-workers.ts';
import { createOutsiders, type Outsiders } from './outsiders.ts';
import type {
  Aws,
  BusEvent,
  CallRecord,
  Clock,
  DeployedFunction,
  Deployment,
  Engines,
  FaultRequest,
  Organization,
  ShowsAfterMs,
  SubscriptionState,
} from './parts.ts';
import type { NewMessage } from './queues.ts';
import { createHandOver, functionOfTarget } from './scheduler/hand-over.ts';
import { createSchedules, type Schedule } from './scheduler/schedules.ts';
import { createSettling, type Settling } from './settling.ts';
import type { Execution } from './step-functions/execution.ts';
import {
  checkMachineRoles,
  createExecutions,
  mostAtOnce,
  readDefinitions,
} from './step-functions/executions.ts';
import { createLambdaTask } from './step-functions/lambda-task.ts';
import { beingElsewhere, type Whereabouts } from './step-functions/strands.ts';

export interface WorldOptions {
  readonly deployment: Deployment;
  /** Changed in place by what happens. */
  readonly organization: Organization;
  readonly faults?: readonly FaultRequest[];
  readonly latencyMs?: Readonly<Record<string, number>>;
  readonly showsAfterMs?: ShowsAfterMs;
  readonly subscriptions?: SubscriptionState;
  /** The kill switch at the beginning; default: running, as whoever deployed the stack has put it. */
  readonly rootTasks?: SwitchValue;
  /** The sandbox's clock at the beginning, in milliseconds; default: the real time. */
  readonly now?: number;
  /**
   * How many execution environments a function has at most. They do the real work, each some 30 MB; calls that take
   * their time on the sandbox's clock overlap no more than these do. Default: six, and where calls take time as many as
   * the maps of the stack run at once, 40 at most.
   */
  readonly environmentsAtOnce?: number;
  /**
   * Whether functions may start in environments that served a world before (default: not). Not for worlds with faults: an
   * SDK client that is throttled computes its next call from the time of its last, which may lie in the future.
   */
  readonly startsWarm?: boolean;
  /** Milliseconds that pass on the sandbox's clock with each AWS call beside its latency; default: 1. */
  readonly millisecondsPerCall?: number;
  /** Told of every AWS call soon after it was answered. */
  readonly onCall?: (call: CallRecord) => void;
}

/** A running stack in a running organization. */
export interface World {
  readonly deployment: Deployment;
  readonly organization: Organization;
  readonly clock: Clock;
  readonly journal: Journal;
  /** The AWS side, for whoever calls it with an SDK client of their own. */
  readonly aws: Aws;
  /** Every execution of a state machine, in the order in which they began. */
  executions(): readonly Execution[];
  /** The schedules of EventBridge Scheduler that are there now. */
  schedules(): readonly Schedule[];
  /** Every AWS call and every direct invocation so far. */
  calls(): readonly CallRecord[];
  readonly putEvents: Outsiders['putEvents'];
  readonly invoke: Outsiders['invoke'];
  /** Puts an event back on its bus, as EventBridge does from an archive: no bus policy is asked. */
  replay(busName: string, event: BusEvent, replayName: string): void;
  readonly decide: Aws['decide'];
  readonly scanTable: Aws['scanTable'];
  readonly advance: Settling['advance'];
  readonly settle: Settling['settle'];
  close(): Promise<void>;
}

/** The deployment after somebody has turned its kill switch: the stack itself makes it as stopped. */
function withSwitch(deployment: Deployment, value: SwitchValue): Deployment {
  const turned = ({ name }: { readonly name: string }) => name === switchParameterName;
  const parameters = deployment.parameters.map((one) => (turned(one) ? { ...one, value } : one));
  return { ...deployment, parameters };
}

const usualEnvironments = 6;
const mostEnvironments = 40;

function environmentsFor(options: WorldOptions): (fn: DeployedFunction) => number {
  const { environmentsAtOnce, latencyMs = {} } = options;
  if (environmentsAtOnce !== undefined) return () => environmentsAtOnce;
  if (!Object.values(latencyMs).some((milliseconds) => milliseconds > 0)) return () => usualEnvironments;
  const ofMaps = mostAtOnce(options.deployment);
  return ({ arn }) => Math.min(mostEnvironments, Math.max(usualEnvironments, ofMaps.get(arn) ?? 0));
}

/** Puts the parts together: AWS answers the functions, and what changes in AWS sets functions off. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { organization } = options;
  const deployment = withSwitch(options.deployment, options.rootTasks ?? 'running');
  checkDestinations(deployment);
  for (const schedule of deployment.schedulerSchedules) functionOfTarget(deployment, schedule);
  const definitions = readDefinitions(deployment);
  const rules = compileRules(deployment);
  const clock = createClock(options.now);
  const settling = createSettling(clock);
  const { begin, later } = settling;
  const journal = createJournal();
  const whereabouts: Whereabouts = { working: 0, elsewhere: 0 };
  const told = (what: string) =>
    void journal.logs.push({ level: 'ERROR', message: what, service: 'sandbox' });

  const aws = await startAws({
    clock,
    deployment,
    organization,
    faults: options.faults ?? [],
    latencyMs: options.latencyMs ?? {},
    millisecondsPerCall: options.millisecondsPerCall ?? 1,
    showsAfterMs: options.showsAfterMs ?? {},
    subscriptions: options.subscriptions ?? 'confirmed',
    sharesEndpoint: isKeepingWarm(),
    busyEnvironments: () =>
      whereabouts.working > whereabouts.elsewhere
        ? [...functions.busy(), 'Step Functions']
        : functions.busy(),
    engines: () => engines,
    events: {
      eventPut(busName, event) {
        journal.events.push({ busName, event });
        outsiders.eventPut(busName, event);
      },
      messageSent: (queueArn) => begin(consumers.arrived(queueArn)),
      notificationPublished: (topic, subject, message) =>
        void journal.notifications.push({ topic, subject, message }),
      tableChanged: (change) => begin(streams.changed(change)),
      crash: (environmentId) => functions.environment(environmentId)?.kill(),
      struck: (environmentId) => functions.environment(environmentId)?.struck(),
      noAnswer: (environmentId) => functions.environment(environmentId)?.noAnswer(),
      dropped: told,
    },
  });
  const { decide, decideForService, scanTable, queues, strikeHandOver } = aws;
  const enqueue = (queueArn: string, message: NewMessage) => void queues.send(queueArn, message);
  const functions = createFunctions(deployment, {
    clock,
    region: deployment.region,
    aws,
    startsWarm: options.startsWarm ?? false,
    output: (_functionName, text) => journal.printed(text),
    environmentsAtOnce: environmentsFor(options),
  });
  const destination = createFailureDestination({ decide, enqueue, strikeHandOver, dropped: told });
  const asyncInvocations = createAsyncInvocations({ clock, invoke: functions.invoke, later, destination });
  const invokeAsync = asyncInvocations.accept;
  const consumers = createQueueConsumers({ deployment, clock, functions, queues, later });
  const streams = createStreams({ deployment, clock, functions, later, destination });
  const targets = createTargets({
    deployment,
    clock,
    decideForService,
    invokeAsync,
    enqueue,
    later,
    strikeHandOver,
    dropped: told,
  });
  const handOver = createHandOver({
    deployment,
    clock,
    decide,
    invokeAsync,
    enqueue,
    later,
    strikeHandOver,
    dropped: told,
  });
  const schedules = createSchedules({ deployment, clock, every: settling.every, handOver });
  const machineCalls: CallRecord[] = [];
  const invoke = (fn: DeployedFunction, event: unknown) =>
    functions.invoke(fn, { requestId: randomUUID(), event });
  const runTask = createLambdaTask({
    deployment,
    clock,
    decide,
    faultsOf: aws.faultsOf,
    record: (call) => void machineCalls.push(call),
    // A function that its execution no longer waits for is at work all the same.
    async invoke(fn, event) {
      const result = invoke(fn, event);
      begin(result.then(() => undefined));
      return beingElsewhere(whereabouts, result);
    },
  });
  const executions = createExecutions({
    deployment,
    definitions,
    clock,
    aws,
    begin,
    later,
    runTask,
    whereabouts,
    told: (event) => begin(bus.deliver('default', event, 1)),
  });
  const engines: Engines = {
    schedules,
    executions,
    invoke,
    invokeAsync: (fn, event) => begin(invokeAsync(fn, event)),
  };
  const bus = createBusDelivery({ rules, targets });
  const outsiders = createOutsiders({ aws, clock, deployment, bus, invokeAsync, begin, refused: told });
  const followed = options.onCall && followCalls(aws.calls, options.onCall);

  async function close(): Promise<void> {
    followed?.stop();
    executions.close();
    functions.close();
    await aws.close();
  }

  try {
    await checkStreamReads(deployment, decide);
    await checkQueueReads(deployment, decide);
    await checkMachineRoles(deployment, decideForService);
    startSchedules({ deployment, clock, targets, every: settling.every });
  } catch (cause) {
    await close();
    throw cause;
  }
  return {
    deployment,
    organization,
    clock,
    journal,
    aws,
    decide,
    scanTable,
    schedules: schedules.all,
    executions: executions.all,
    calls: () =>
      [...aws.calls, ...outsiders.invocations, ...machineCalls].sort((a, b) => a.at.localeCompare(b.at)),
    putEvents: outsiders.putEvents,
    invoke: outsiders.invoke,
    replay: (busName, event, replayName) =>
      begin(bus.deliver(busName, { ...event, 'replay-name': replayName }, 1)),
    advance: settling.advance,
    async settle(until) {
      await settling.settle(until);
      followed?.catchUp();
    },
    close,
  };
}
