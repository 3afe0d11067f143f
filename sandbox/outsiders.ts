import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { BusDelivery } from './bus/delivery.ts';
import type { Aws, BusEvent, CallRecord, Clock, DeployedFunction, Deployment } from './parts.ts';
import { putEvents } from './put-events.ts';

export interface OutsidersParts {
  readonly aws: Aws;
  readonly clock: Clock;
  readonly deployment: Deployment;
  readonly bus: BusDelivery;
  readonly invokeAsync: (fn: DeployedFunction, event: unknown) => Promise<void>;
  readonly begin: (what: Promise<void>) => void;
  /** Takes why a call or an entry of it was refused. */
  readonly refused: (why: string) => void;
}

/** What people and systems outside the stack do to it. */
export interface Outsiders {
  /** Puts events as somebody; each that the bus takes reaches its targets `deliveries` times at once. */
  putEvents(principalArn: string, entries: PutEventsRequestEntry[], deliveries: number): Promise<void>;
  /** Invokes a function directly and asynchronously, if IAM lets this principal. */
  invoke(principalArn: string, fn: DeployedFunction, event: unknown): Promise<void>;
  /** An event is on the bus, whoever put it. */
  eventPut(busName: string, event: BusEvent): void;
  /** Their direct invocations: calls that no AWS endpoint of the sandbox saw. */
  readonly invocations: readonly CallRecord[];
}

export function createOutsiders(parts: OutsidersParts): Outsiders {
  const { aws, clock, deployment, bus, begin } = parts;
  const invocations: CallRecord[] = [];
  /** While an outsider's call runs: the events that are put, held until their deliveries are known. */
  let held: { readonly busName: string; readonly event: BusEvent }[] | null = null;

  return {
    invocations,

    eventPut(busName, event) {
      if (held === null) begin(bus.deliver(busName, event, 1));
      else held.push({ busName, event });
    },

    async putEvents(principalArn, entries, deliveries) {
      const taken: NonNullable<typeof held> = [];
      held = taken;
      const { detailTexts, refusals } = await putEvents(
        { aws, clock, deployment },
        principalArn,
        entries,
      ).finally(() => {
        held = null;
      });
      for (const refusal of refusals) parts.refused(`PutEvents of ${principalArn}: ${refusal}`);
      for (const { busName, event } of taken) {
        const detailText = detailTexts.get(event.id);
        begin(bus.deliver(busName, event, detailText === undefined ? 1 : deliveries, detailText));
      }
    },

    async invoke(principalArn, fn, event) {
      const at = new Date(clock.now()).toISOString();
      const action = 'lambda:InvokeFunction';
      const { allowed, reason } = await aws.decide({ principalArn, action, resource: fn.arn });
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
      if (allowed) begin(parts.invokeAsync(fn, event));
      else parts.refused(`Invoke of ${principalArn}: AccessDeniedException: ${reason}`);
    },
  };
}
