import { outcomeSource } from '../../contract/outcome-event.ts';
import type { BusEvent, CallRecord, Decision, DeployedQueue, Organization, StoredObject } from '../parts.ts';
import type { World } from '../world.ts';
import { failureQueues, parkingQueues } from './failure-queues.ts';
import { finalOrganization } from './organization.ts';
import { type ShownExecution, type ShownSchedule, shownExecution, shownSchedule } from './runs.ts';
import type { Scenario } from './schema.ts';
import { type TrailItem, trailOf } from './trail.ts';

export interface WaitingMessage {
  readonly queue: string;
  readonly body: unknown;
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
  /** What waits in the queues that failures are sent to. */
  readonly deadLetters: readonly WaitingMessage[];
  /** What waits in the queues that other queues hand over what they could not get handled. */
  readonly parked: readonly WaitingMessage[];
  readonly tries: readonly Decision[];
  /** What the product stored in its own buckets. */
  readonly objects: readonly StoredObject[];
  /** Runs of the stack's state machines, in the order in which they began. */
  readonly executions: readonly ShownExecution[];
  /** The schedules of EventBridge Scheduler that are there in the end. */
  readonly schedules: readonly ShownSchedule[];
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
  const parking = parkingQueues(deployment);
  const failures = failureQueues(deployment).filter((queue) => !parking.includes(queue));
  const waitingIn = (queues: readonly DeployedQueue[]): WaitingMessage[] =>
    queues.flatMap(({ name, arn }) =>
      world.aws.queues.waiting(arn).map(({ body }) => ({ queue: name, body: parsed(body) })),
    );
  return {
    organization: finalOrganization(scenario.organization, world.organization),
    trail: await trailOf(world),
    notifications: journal.notifications,
    outcomes: journal.events.map(({ event }) => event).filter(({ source }) => source === outcomeSource),
    deadLetters: waitingIn(failures),
    parked: waitingIn(parking),
    tries,
    objects: world.aws.storedObjects(),
    executions: world.executions().map(shownExecution),
    schedules: world.schedules().map(shownSchedule),
    calls: world.calls(),
    logs: journal.logs,
  };
}
