import { outcomeSource } from '../../contract/outcome-event.ts';
import type { BusEvent, CallRecord, Decision, DeployedTable, Organization } from '../parts.ts';
import type { World } from '../world.ts';
import { finalOrganization } from './organization.ts';
import type { Scenario } from './schema.ts';

/** An entry of the trail as the table holds it; its kind says what else is in it. */
export interface TrailItem {
  readonly requestId: string;
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

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

/** The audit trail is the table with this key, whatever it is called. */
function isTrail({ createTable }: DeployedTable): boolean {
  const { KeySchema } = createTable;
  const keys = [KeySchema].flat() as readonly { readonly AttributeName: string }[];
  return keys.map(({ AttributeName }) => AttributeName).join('/') === 'requestId/sequence';
}

async function trailOf(world: World): Promise<TrailItem[]> {
  const table = world.deployment.tables.find(isTrail);
  const items = table === undefined ? [] : ((await world.scanTable(table.name)) as TrailItem[]);
  return items.sort((a, b) => a.at.localeCompare(b.at) || a.sequence - b.sequence);
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
