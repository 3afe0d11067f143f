import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { createActivity } from './activity.ts';
import { startAws } from './aws/start.ts';
import { createBusDelivery } from './bus/delivery.ts';
import { createClock } from './clock.ts';
import { followCalls } from './follow-calls.ts';
import { createJournal, type Journal } from './journal.ts';
import { createAsyncInvocations } from './lambda/async-invocation.ts';
import { checkDestinations, createFailureDestination } from './lambda/failure-destination.ts';
import { createFunctions } from './lambda/functions.ts';
import { checkStreamReads, createStreams } from './lambda/streams.ts';
import type {
  Aws,
  BusEvent,
  CallRecord,
  Clock,
  DeployedFunction,
  Deployment,
  FaultRequest,
  Organization,
} from './parts.ts';
import { putEvents } from './put-events.ts';

export interface WorldOptions {
  readonly deployment: Deployment;
  /** Changed in place by what happens. */
  readonly organization: Organization;
  readonly faults?: readonly FaultRequest[];
  readonly latencyMs?: Readonly<Record<string, number>>;
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
  /** Every AWS call and every direct invocation so far. */
  calls(): readonly CallRecord[];
  /** Puts events as somebody; each that the bus takes reaches its targets `deliveries` times at once. */
  putEvents(principalArn: string, entries: PutEventsRequestEntry[], deliveries: number): Promise<void>;
  /** Invokes a function directly and asynchronously, if IAM lets this principal. */
  invoke(principalArn: string, fn: DeployedFunction, event: unknown): Promise<void>;
  decide: Aws['decide'];
  scanTable: Aws['scanTable'];
  /** Moves the clock forward; what falls due on the way happens at its time. */
  advance(milliseconds: number): Promise<void>;
  /**
   * Waits until everything that was set off has come to rest; the clock moves on to whatever is still due, but not
   * beyond `until`: what is due later stays due.
   */
  settle(until?: number): Promise<void>;
  close(): Promise<void>;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { deployment, organization } = options;
  checkDestinations(deployment);
  const clock = createClock(options.now);
  const activity = createActivity();
  const journal = createJournal();
  const invocations: CallRecord[] = [];
  /** While an outsider's call of PutEvents runs: the events that it puts, held until their deliveries are known. */
  let held: { readonly busName: string; readonly event: BusEvent }[] | null = null;

  const deliver = (busName: string, event: BusEvent, times: number, detailText?: string) =>
    activity.begin(bus.deliver(busName, event, times, detailText));
  const enqueue = (queueArn: string, body: string) => void journal.messages.push({ queueArn, body });
  const dropped = (what: string) =>
    void journal.logs.push({ level: 'ERROR', message: what, service: 'sandbox' });
  const later = (at: number, what: string, run: () => Promise<void>) =>
    clock.schedule(at, what, async () => {
      activity.begin(run());
      await activity.idle();
    });

  const aws = await startAws({
    clock,
    deployment,
    organization,
    faults: options.faults ?? [],
    latencyMs: options.latencyMs ?? {},
    events: {
      eventPut(busName, event) {
        journal.events.push({ busName, event });
        if (held === null) deliver(busName, event, 1);
        else held.push({ busName, event });
      },
      messageSent: enqueue,
      notificationPublished: (topic, subject, message) =>
        void journal.notifications.push({ topic, subject, message }),
      tableChanged: (change) => activity.begin(streams.changed(change)),
      crash: (environmentId) => functions.environment(environmentId)?.kill(),
      noAnswer: (environmentId) => functions.environment(environmentId)?.noAnswer(),
    },
  });
  const functions = createFunctions(deployment, {
    clock,
    region: deployment.region,
    aws,
    output: (_functionName, text) => journal.printed(text),
  });
  const destination = createFailureDestination({ deployment, decide: aws.decide, enqueue, dropped });
  const asyncInvocations = createAsyncInvocations({ clock, invoke: functions.invoke, later, destination });
  const streams = createStreams({ deployment, clock, functions, later, destination });
  const { decideForService } = aws;
  const invokeAsync = asyncInvocations.accept;
  const bus = createBusDelivery({ deployment, decideForService, invokeAsync, enqueue, dropped });
  const followed = options.onCall && followCalls(aws.calls, options.onCall);

  const world: World = {
    deployment,
    organization,
    clock,
    journal,
    aws,
    decide: aws.decide,
    scanTable: aws.scanTable,
    calls: () => [...aws.calls, ...invocations].sort((a, b) => a.at.localeCompare(b.at)),

    async putEvents(principalArn, entries, deliveries) {
      held = [];
      const { detailTexts, refusals } = await putEvents({ aws, clock, deployment }, principalArn, entries);
      const taken = held;
      held = null;
      for (const refusal of refusals) dropped(`PutEvents of ${principalArn}: ${refusal}`);
      for (const { busName, event } of taken) {
        const detailText = detailTexts.get(event.id);
        deliver(busName, event, detailText === undefined ? 1 : deliveries, detailText);
      }
    },

    async invoke(principalArn, fn, event) {
      const at = new Date(clock.now()).toISOString();
      const action = 'lambda:InvokeFunction';
      const { allowed } = await aws.decide({ principalArn, action, resource: fn.arn });
      invocations.push({
        at,
        principal: principalArn,
        service: 'lambda',
        operation: 'Invoke',
        region: deployment.region,
        resource: fn.arn,
        allowed,
        error: allowed ? null : 'AccessDeniedException',
      });
      if (allowed) activity.begin(invokeAsync(fn, event));
    },

    async advance(milliseconds) {
      const until = clock.now() + milliseconds;
      await clock.runDue(until);
      clock.advance(Math.max(0, until - clock.now()));
      await world.settle();
    },

    async settle(until) {
      for (let before = -1; before !== activity.begun(); ) {
        before = activity.begun();
        await activity.idle();
        await clock.runDue(until);
      }
      followed?.catchUp();
    },

    async close() {
      followed?.stop();
      functions.close();
      await aws.close();
    },
  };

  await checkStreamReads(deployment, aws.decide).catch(async (cause: unknown) => {
    await world.close();
    throw cause;
  });
  return world;
}
