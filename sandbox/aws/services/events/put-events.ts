import { randomUUID } from 'node:crypto';
import type { BusEvent, DeployedBus } from '../../../parts.ts';
import type { Backstage, Call, Operation, Permission } from '../../operation.ts';
import { plainResource } from '../../operation.ts';
import { checkEntry, type Entry, parseEntries, refuseWithoutCompleteEntry } from './entry.ts';
import { eventsWire } from './wire.ts';

/** PutEvents: one decision per bus over all its entries, then each entry by itself. */
export function putEvents(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => [...new Set(namedBuses(backstage, input))].join(', '),
    permissions(call) {
      const entries = parseEntries(call.input);
      const byBus = Map.groupBy(entries, (entry) => busArn(backstage, call, entry));
      return [...byBus].map(([arn, ofBus]) => busPermission(backstage, arn, ofBus));
    },
    respond(call) {
      const entries = parseEntries(call.input);
      refuseWithoutCompleteEntry(entries);
      const results = entries.map((entry) => {
        const fault = checkEntry(entry);
        if (fault !== undefined) return { ErrorCode: fault.code, ErrorMessage: fault.message };
        const event = busEvent(backstage, call, entry);
        // AWS answers success for a bus that is not there, and drops the event.
        const bus = findBus(backstage, busArn(backstage, call, entry));
        if (bus !== undefined) backstage.events.eventPut(bus.name, event);
        return { EventId: event.id };
      });
      return eventsWire.success({
        FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
        Entries: results,
      });
    },
  };
}

function busPermission(backstage: Backstage, arn: string, entries: readonly Entry[]): Permission {
  const sources = present(entries.map((entry) => entry.Source));
  const detailTypes = present(entries.map((entry) => entry.DetailType));
  const policy = findBus(backstage, arn)?.policy ?? null;
  return {
    action: 'events:PutEvents',
    resource: { ...plainResource(arn, arn.split(':')[4] ?? ''), policy },
    // Both keys hold a list: a policy must use ForAllValues or ForAnyValue. A key without values is absent.
    context: {
      'events:eventBusInvocation': 'false',
      ...(sources.length > 0 && { 'events:source': sources }),
      ...(detailTypes.length > 0 && { 'events:detail-type': detailTypes }),
    },
  };
}

function busEvent({ clock, deployment }: Backstage, { principal }: Call, entry: Entry): BusEvent {
  const time = entry.Time === undefined ? clock.now() : entry.Time * 1000;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    // The one field about the sender that the sender cannot choose.
    account: principal.accountId,
    time: new Date(Math.floor(time / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
    region: deployment.region,
    resources: entry.Resources ?? [],
    detail: JSON.parse(entry.Detail ?? '{}'),
  };
}

/** A bus named without its account is one of the caller's own. */
function busArn(
  { deployment }: Backstage,
  { principal, region }: Call,
  { EventBusName = 'default' }: Entry,
): string {
  if (EventBusName.startsWith('arn:')) return EventBusName;
  return `arn:${deployment.partition}:events:${region}:${principal.accountId}:event-bus/${EventBusName}`;
}

function findBus({ deployment }: Backstage, arn: string): DeployedBus | undefined {
  return deployment.buses.find((bus) => bus.arn === arn);
}

function namedBuses({ deployment }: Backstage, input: Readonly<Record<string, unknown>>): string[] {
  const entries: unknown[] = [input.Entries].flat();
  return entries.map((entry) => {
    const name =
      typeof entry === 'object' && entry !== null && 'EventBusName' in entry
        ? String(entry.EventBusName)
        : 'default';
    return deployment.buses.find((bus) => bus.name === name)?.arn ?? name;
  });
}

function present(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => value || []))];
}
