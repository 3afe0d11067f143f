import { randomUUID } from 'node:crypto';
import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { BusEvent, Deployment } from '../../sandbox/parts.ts';
import type { TrailItem } from '../../sandbox/scenario/trail.ts';
import { trailOf } from '../../sandbox/scenario/trail.ts';
import { createWorld, type World } from '../../sandbox/world.ts';
import { organizationFor } from './organization.ts';
import type { Sample } from './samples.ts';
import type { Draft } from './valid-event.ts';

/** What a world of events came to. */
export interface Carried {
  readonly world: World;
  readonly trail: readonly TrailItem[];
  /** Each event with its id on the bus. */
  readonly events: readonly { readonly sample: Sample; readonly id: string; readonly draft: Draft }[];
}

const eventsAtOnce = 50;
const entriesAtMost = 10;

/**
 * Everybody may put everything on this bus: what is shown is that the rules behind it hold without its policy, too.
 * The policy has journeys of its own.
 */
function withOpenBus(deployment: Deployment): Deployment {
  const policy = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'events:PutEvents', Resource: '*' }],
  };
  return { ...deployment, buses: deployment.buses.map((bus) => ({ ...bus, policy })) };
}

/** Puts the events into a world of their own, lets everything come to its end, and hands the world to `look`. */
export async function carryOut<Result>(
  deployment: Deployment,
  samples: readonly Sample[],
  look: (carried: Carried) => Result,
): Promise<Result> {
  const world = await createWorld({
    deployment: withOpenBus(deployment),
    organization: organizationFor(samples.map(({ nth }) => nth)),
    now: Date.parse('2026-11-20T10:00:00Z'),
  });
  try {
    const events: Carried['events'][number][] = [];
    for (let from = 0; from < samples.length; from += eventsAtOnce) {
      const drafts = samples
        .slice(from, from + eventsAtOnce)
        .map((sample) => ({ sample, draft: sample.draft(world.clock.now()) }));
      for (const one of drafts.filter(({ draft }) => draft.replayName !== null))
        events.push({ ...one, id: replay(world, one.draft) });
      const put = drafts.filter(({ draft }) => draft.replayName === null);
      for (const ofSender of Map.groupBy(put, ({ draft }) => draft.sender).values()) {
        for (let first = 0; first < ofSender.length; first += entriesAtMost)
          events.push(...(await putAll(world, ofSender.slice(first, first + entriesAtMost))));
      }
      await world.settle();
    }
    // Four hours is for how long recovery is allowed where an approval says nothing.
    if (samples.some(({ task }) => task === 'allow-root-password-recovery'))
      await world.advance(4 * 3_600_000 + 60_000);
    return look({ world, events, trail: await trailOf(world) });
  } finally {
    await world.close();
  }
}

async function putAll(world: World, drafts: readonly { readonly sample: Sample; readonly draft: Draft }[]) {
  const [bus] = world.deployment.buses;
  const entries = drafts.map(
    ({ draft }): PutEventsRequestEntry => ({
      EventBusName: bus?.arn,
      Source: draft.source,
      DetailType: draft.detailType,
      Detail: draft.text(JSON.stringify(draft.detail)),
    }),
  );
  const before = world.journal.events.length;
  await world.putEvents(`arn:aws:iam::${drafts[0]?.draft.sender}:role/ticketing`, entries, 1);
  const ids = world.journal.events
    .slice(before)
    .filter(({ event }) => event['detail-type'] !== 'Root Task Ended')
    .map(({ event }) => event.id);
  if (ids.length !== drafts.length) throw new Error(`the bus took ${ids.length} of ${drafts.length} events`);
  return drafts.map((one, index) => ({ ...one, id: ids[index] ?? '' }));
}

function replay(world: World, draft: Draft): string {
  const [bus] = world.deployment.buses;
  const event: BusEvent = {
    version: '0',
    id: randomUUID(),
    'detail-type': draft.detailType,
    source: draft.source,
    account: draft.sender,
    time: new Date(world.clock.now()).toISOString(),
    region: world.deployment.region,
    resources: [],
    detail: JSON.parse(draft.text(JSON.stringify(draft.detail))),
  };
  world.replay(bus?.name ?? '', event, draft.replayName ?? '');
  return event.id;
}
