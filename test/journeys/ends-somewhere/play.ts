import type { RootTaskName } from '../../../contract/root-tasks.ts';
import type { FaultRequest } from '../../../sandbox/parts.ts';
import { type Answer, answerOf } from '../../../sandbox/scenario/answer.ts';
import { playStep, type Stage } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { TrailItem } from '../../../sandbox/scenario/trail.ts';
import { lockedOrganization, targetOf } from './locked.ts';

export type Step = ScenarioInput['steps'][number];
export type PutEvents = NonNullable<Step['putEvents']>;

/** What became of one ticket. */
export interface Outcome {
  readonly trail: readonly TrailItem[];
  /** How it ended: its entries of the kinds `ended` and `refused`. */
  readonly endings: readonly TrailItem[];
  readonly notifications: Answer['notifications'];
  readonly outcomes: Answer['outcomes'];
}

/** One world in which story after story is played, each with a ticket and a target of its own. */
export interface Play {
  readonly stage: Stage;
  /** The next ticket: an approval that was given just now. */
  next(task?: RootTaskName): Approved;
  /** Plays steps, one after the other, each to its end. */
  play(...steps: Step[]): Promise<void>;
  /** From now on these go wrong, and nothing else. */
  faults(...requests: FaultRequest[]): void;
  /** Waits for rest; nothing more is done than what has been set off. */
  settle(): Promise<void>;
  answer(): Promise<Answer>;
  of(ticket: Approved): Promise<Outcome>;
  close(): Promise<void>;
}

export interface Approved {
  readonly id: string;
  readonly nth: number;
  readonly task: RootTaskName;
  readonly detail: Readonly<Record<string, unknown>>;
}

const ticketsAtMost = 60;

export async function openPlay(more: Partial<ScenarioInput> = {}, tickets = ticketsAtMost): Promise<Play> {
  const scenario = parseScenario({
    now: '2026-11-20T10:00:00Z',
    organization: lockedOrganization(tickets),
    steps: [],
    ...more,
  });
  const stage = await setStage(scenario);
  const { world } = stage;
  const answer = () => answerOf(scenario, world, stage.tries);
  let count = 0;
  return {
    stage,
    next(task = 'unlock-s3-bucket') {
      count += 1;
      return approvedTicket(task, count, new Date(world.clock.now()));
    },
    async play(...steps) {
      for (const step of parseScenario({ steps }).steps) await playStep(stage, step);
    },
    faults: (...requests) => world.aws.setFaults(requests),
    settle: () => world.settle(),
    answer,
    async of({ id }) {
      const { trail, notifications, outcomes } = await answer();
      const own = trail.filter((entry) => entry.ticket !== undefined && ticketIn(entry) === id);
      return {
        trail: own,
        endings: own.filter(({ kind }) => kind === 'ended' || kind === 'refused'),
        notifications: notifications.filter(({ message }) => new RegExp(`\\b${id}\\b`).test(message)),
        outcomes: outcomes.filter(({ detail }) => ticketIn(detail) === id),
      };
    },
    close: () => world.close(),
  };
}

function ticketIn(entry: object): unknown {
  return Reflect.get(Object(Reflect.get(entry, 'ticket')), 'id');
}

function approvedTicket(task: RootTaskName, nth: number, at: Date): Approved {
  const id = `OPS-${nth}`;
  return {
    id,
    nth,
    task,
    detail: {
      schemaVersion: '1',
      ticket: { system: 'jira', id, url: `https://acme.example/browse/${id}` },
      task,
      target: targetOf(task, nth),
      reason: 'A Deny shut out every administrator',
      requestedBy: 'dev@example.com',
      approvals: [{ approver: 'lead@example.com', approvedAt: at.toISOString() }],
      dryRun: false,
    },
  };
}

/** The ticket system sends an approval. */
export function send({ detail }: Pick<Approved, 'detail'>, more: Partial<PutEvents> = {}): Step {
  const entry = { Source: 'acme.tickets', DetailType: 'Root Task Approved', Detail: detail };
  return { putEvents: { as: 'ticketing', entry, ...more } };
}

/** Nothing is left in the failure queues that the give-up consumes, and nothing is parked. */
export async function expectNothingWaits(play: Play): Promise<void> {
  const { deadLetters, parked } = await play.answer();
  const { queueMappings, queues } = play.stage.world.deployment;
  const consumed = queues.filter(({ arn }) => queueMappings.some(({ queueArn }) => queueArn === arn));
  expect(consumed.length).toBeGreaterThan(0);
  const names = consumed.map(({ name }) => name);
  expect({ waiting: deadLetters.filter(({ queue }) => names.includes(queue)), parked }).toEqual({
    waiting: [],
    parked: [],
  });
}

/** One ending, told to on-call and to the bus once each, and it stays so when everything has caught up. */
export async function expectToldOnce(play: Play, ticket: Approved): Promise<void> {
  const { endings, notifications, outcomes } = await play.of(ticket);
  expect(endings).toHaveLength(1);
  const [{ hash } = {}] = endings;
  expect(notifications).toMatchObject([{ message: expect.stringContaining(String(hash)) }]);
  expect(outcomes).toMatchObject([{ detail: { entryHash: hash } }]);
}
