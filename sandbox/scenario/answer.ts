import { outcomeSource } from '../../contract/outcome-event.ts';
import type { BusEvent, CallRecord, Decision, Organization } from '../parts.ts';
import type { World } from '../world.ts';
import { finalOrganization } from './organization.ts';
import type { Scenario } from './schema.ts';
import { type TrailItem, trailOf } from './trail.ts';

/** What a story came to: one JSON document. */
export interface Answer {
  readonly organization: Organization;
  readonly trail: readonly TrailItem[];
  readonly notifications: readonly {
    readonly topic: string;
    readonly subject: string | null;
    readonly message: string;
  }[];
  /** What the product itself put on the bus. */
  readonly outcomes: readonly BusEvent[];
  readonly deadLetters: readonly { readonly queue: string; readonly body: unknown }[];
  readonly parked: readonly unknown[];
  readonly tries: readonly Decision[];
  readonly objects: readonly unknown[];
  readonly calls: readonly CallRecord[];
  readonly logs: readonly Record<string, unknown>[];
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export async function answerOf(
  scenario: Scenario,
  world: World,
  tries: readonly Decision[],
): Promise<Answer> {
  const { journal, deployment } = world;
  const queueName = (arn: string) => deployment.queues.find((queue) => queue.arn === arn)?.name ?? arn;
  return {
    organization: finalOrganization(scenario.organization, world.organization),
    trail: await trailOf(world),
    notifications: journal.notifications,
    outcomes: journal.events.map(({ event }) => event).filter(({ source }) => source === outcomeSource),
    deadLetters: journal.messages.map(({ queueArn, body }) => ({
      queue: queueName(queueArn),
      body: parsed(body),
    })),
    parked: [],
    tries,
    objects: [],
    calls: world.calls(),
    logs: journal.logs,
  };
}
