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
import { createOutsiders, type Outsiders } from './outsiders.ts';
import type {
  Aws,
  BusEvent,
  CallRecord,
  Clock,
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

/** Puts the parts together: AWS answers the functions, and what changes in AWS sets functions off. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { organization } = options;
  const deployment = withSwitch(options.deployment, options.rootTasks ?? 'running');
  checkDestinations(deployment);
  for (const schedule of deployment.schedulerSchedules) functionOfTarget(deployment, schedule);
  const rules = compileRules(deployment);
  const clock = createClock(options.now);
  const settling = createSettling(clock);
  const { begin, later } = settling;
  const journal = createJournal();
  const told = (what: string) =>
    void journal.logs.push({ level: 'ERROR', message: what, service: 'sandbox' });

  const aws = await startAws({
    clock,
    deployment,
    organization,
    faults: options.faults ?? [],
    latencyMs: options.latencyMs ?? {},
    showsAfterMs: options.showsAfterMs ?? {},
    subscriptions: options.subscriptions ?? 'confirmed',
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
    output: (_functionName, text) => journal.printed(text),
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
  const engines: Engines = {
    schedules,
    invoke: (fn, event) => functions.invoke(fn, { requestId: randomUUID(), event }),
    invokeAsync: (fn, event) => begin(invokeAsync(fn, event)),
  };
  const bus = createBusDelivery({ rules, targets });
  const outsiders = createOutsiders({ aws, clock, deployment, bus, invokeAsync, begin, refused: told });
  const followed = options.onCall && followCalls(aws.calls, options.onCall);

  async function close(): Promise<void> {
    followed?.stop();
    functions.close();
    await aws.close();
  }

  try {
    await checkStreamReads(deployment, decide);
    await checkQueueReads(deployment, decide);
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
    calls: () => [...aws.calls, ...outsiders.invocations].sort((a, b) => a.at.localeCompare(b.at)),
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
