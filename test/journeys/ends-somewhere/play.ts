import type { CallRecord, FaultRequest } from '../../../sandbox/parts.ts';
import { type Answer, answerOf } from '../../../sandbox/scenario/answer.ts';
import { playStep, type Stage } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { TrailItem } from '../../../sandbox/scenario/trail.ts';
import type { World } from '../../../sandbox/world.ts';
import { expectNoSecrets } from '../expect-no-secrets.ts';
import type { Scene, Step } from '../scenes/scene.ts';
import { firstScene } from '../scenes/scenes.ts';
import { lockedOrganization } from '../scenes/theatre.ts';
import { type Ticket, ticketOf } from '../scenes/ticket.ts';

/** What became of one ticket. */
export interface Outcome {
  readonly trail: readonly TrailItem[];
  /** How it ended: its entries of the kinds `ended` and `refused`. */
  readonly endings: readonly TrailItem[];
  readonly notifications: Answer['notifications'];
  readonly outcomes: Answer['outcomes'];
}

/**
 * One world in which hours and days pass, each ticket with a target of its own: what is looked at is what became of a
 * ticket in the end, by whichever way.
 */
export interface Play {
  readonly world: World;
  readonly stage: Stage;
  /** The next ticket comes up. */
  next(scene?: Scene): Ticket;
  /** Plays steps, one after the other, each to its end. */
  play(...steps: Step[]): Promise<void>;
  /** From now on these go wrong, and nothing else. */
  faults(...requests: FaultRequest[]): void;
  answer(): Promise<Answer>;
  of(ticket: Pick<Ticket, 'id'>): Promise<Outcome>;
  close(): Promise<void>;
}

const ticketsAtMost = 100;

/** What never gets better while it is played. */
export const always = { when: 'before', times: 1_000_000 } as const;

export async function openPlay(
  more: Partial<ScenarioInput> = {},
  onCall?: (call: CallRecord) => void,
): Promise<Play> {
  const scenario = parseScenario({
    now: '2026-11-20T10:00:00Z',
    organization: lockedOrganization(ticketsAtMost),
    steps: [],
    ...more,
  });
  const stage = await setStage(scenario, onCall);
  const { world } = stage;
  const answer = () => answerOf(scenario, world, stage.tries);
  let count = 0;
  return {
    world,
    stage,
    next(scene = firstScene) {
      count += 1;
      if (count > ticketsAtMost) throw new Error(`there are targets for ${ticketsAtMost} tickets only`);
      return ticketOf(scene, count, world.clock.now());
    },
    async play(...steps) {
      for (const step of parseScenario({ steps }).steps) await playStep(stage, step);
    },
    faults: (...requests) => world.aws.setFaults(requests),
    answer,
    async of({ id }) {
      const { trail, notifications, outcomes } = await answer();
      const own = trail.filter((entry) => ticketIn(entry) === id);
      return {
        trail: own,
        endings: own.filter(({ kind }) => kind === 'ended' || kind === 'refused'),
        notifications: notifications.filter(({ message }) => new RegExp(`\\b${id}\\b`).test(message)),
        outcomes: outcomes.filter(({ detail }) => ticketIn(detail) === id),
      };
    },
    async close() {
      try {
        expectNoSecrets(await answer(), world.aws.issuedCredentials());
      } finally {
        await world.close();
      }
    },
  };
}

function ticketIn(entry: unknown): unknown {
  return Reflect.get(Object(Reflect.get(Object(entry), 'ticket')), 'id');
}

/** Nothing is left in the failure queues that the give-up consumes, and nothing is parked. */
export async function expectNothingWaits(play: Play): Promise<void> {
  const { deadLetters, parked } = await play.answer();
  const { queueMappings, queues } = play.world.deployment;
  const consumed = queues.filter(({ arn }) => queueMappings.some(({ queueArn }) => queueArn === arn));
  const names = consumed.map(({ name }) => name);
  expect(names).not.toEqual([]);
  expect(deadLetters.filter(({ queue }) => names.includes(queue))).toEqual([]);
  expect(parked).toEqual([]);
}

/** One ending, told to on-call and to the bus once each. Gives that ending. */
export async function expectToldOnce(play: Play, ticket: Pick<Ticket, 'id'>): Promise<TrailItem> {
  const { endings, notifications, outcomes } = await play.of(ticket);
  const [ending, ...others] = endings;
  if (ending === undefined) throw new Error(`${ticket.id} has not ended`);
  expect(others).toEqual([]);
  expect(notifications).toMatchObject([{ message: expect.stringContaining(String(ending.hash)) }]);
  expect(outcomes).toMatchObject([{ detail: { entryHash: ending.hash } }]);
  return ending;
}
