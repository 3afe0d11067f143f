import { milliseconds } from '../../../contract/duration.ts';
import { type Answer, answerOf } from '../../../sandbox/scenario/answer.ts';
import { playStep } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { World } from '../../../sandbox/world.ts';
import { expectNoSecrets } from '../expect-no-secrets.ts';
import { account, type Fault, type Organization, type Scene, type Step } from './scene.ts';
import { everyScene } from './scenes.ts';
import { type Ticket, ticketOf } from './ticket.ts';

/** What one story came to: only what was added by it, of a world in which others were played before. */
export interface Played extends Answer {
  readonly ticket: Ticket;
  /** The policy on the ticket's target when the story is over. */
  readonly policy: unknown;
}

/** Steps one after the other; those in a list of their own all at once. */
export type Plot = readonly (Step | readonly Step[])[];

/** One world in which story after story is played, each with a ticket and a target of its own: worlds cost time. */
export interface Theatre {
  readonly world: World;
  /** A new ticket comes up on a locked target, and what the plot makes of it is played to its end. */
  play(scene: Scene, plot: (ticket: Ticket) => Plot, faults?: readonly Fault[]): Promise<Played>;
  /** The story of a ticket goes on: what this part of it came to. */
  goOn(ticket: Ticket, steps: Plot, faults?: readonly Fault[]): Promise<Played>;
  /** Lets time pass between two stories. */
  pass(duration: string): Promise<void>;
  close(): Promise<void>;
}

const ticketsAtMost = 110;
const schedulePeriod = 15 * 60_000;
/** A story with all its retries takes less. */
const longestStory = 6 * 60_000;

/** One member account that owns, for every root task, the targets of so many tickets, all of them locked. */
export function lockedOrganization(tickets = ticketsAtMost): Organization {
  const owned = everyScene.map((scene) => {
    const names = Array.from({ length: tickets }, (_, index) => scene.nameOf(index + 1));
    return scene.owning(names.map((name) => ({ name, policy: scene.lockOut(name) })));
  });
  return { accounts: [Object.assign({ id: account, name: 'project-prod' }, ...owned)] };
}

export async function openTheatre(more: Partial<ScenarioInput> = {}): Promise<Theatre> {
  const input = { now: '2026-11-20T10:00:00Z', organization: lockedOrganization(), ...more };
  const scenario = parseScenario({ ...input, steps: [] });
  const stage = await setStage(scenario);
  const { world } = stage;
  const openedAt = world.clock.now();
  const answer = () => answerOf(scenario, world, stage.tries);
  let tickets = 0;
  /** What the last story left, while nothing else has happened: a mark costs a reading of the whole trail. */
  let seen: Mark | undefined;

  async function pass(milliseconds: number): Promise<void> {
    seen = undefined;
    await world.advance(milliseconds);
  }

  /** What happens by schedule would be counted as the story's, and meet its faults: it happens before. */
  async function letSchedulesPass() {
    const left = schedulePeriod - ((world.clock.now() - openedAt) % schedulePeriod);
    if (left < longestStory) await pass(left + 1_000);
  }

  async function playAtOnce(given: Step[]): Promise<void> {
    const { steps } = parseScenario({ ...input, steps: given });
    await Promise.all(steps.map((step) => playStep(stage, step)));
  }

  async function goOn(ticket: Ticket, steps: Plot, faults: readonly Fault[] = []): Promise<Played> {
    seen ??= markOf(await answer());
    const before = seen;
    world.aws.setFaults(faults.map((fault) => ({ times: 1, ...fault })));
    for (const given of steps) await playAtOnce([given].flat());
    world.aws.setFaults([]);
    const after = await answer();
    seen = markOf(after);
    const came = since(before, after);
    return { ...came, ticket, policy: ticket.scene.policyAtTheEnd(came.organization, ticket.target) };
  }

  return {
    world,
    async play(scene, plot, faults) {
      await letSchedulesPass();
      tickets += 1;
      if (tickets > ticketsAtMost) throw new Error(`there are targets for ${ticketsAtMost} tickets only`);
      const ticket = ticketOf(scene, tickets, world.clock.now());
      return goOn(ticket, plot(ticket), faults);
    },
    goOn,
    pass: (duration) => pass(milliseconds(duration)),
    async close() {
      try {
        if (tickets > 0) expectNoSecrets(await answer(), world.aws.issuedCredentials());
      } finally {
        await world.close();
      }
    },
  };
}

const lists = ['calls', 'deadLetters', 'logs', 'notifications', 'outcomes', 'parked', 'tries'] as const;

/** How much was there at some moment. The lists themselves go on growing. */
interface Mark {
  readonly lengths: Readonly<Record<(typeof lists)[number], number>>;
  readonly entries: ReadonlySet<string>;
}

const placeOf = ({ requestId, sequence }: Answer['trail'][number]) => `${requestId}#${sequence}`;

function markOf(answer: Answer): Mark {
  const lengths = Object.fromEntries(lists.map((list) => [list, answer[list].length]));
  return { lengths: lengths as Mark['lengths'], entries: new Set(answer.trail.map(placeOf)) };
}

/** What has come since. The organization is what it is now. */
function since({ lengths, entries }: Mark, answer: Answer): Answer {
  const added = Object.fromEntries(lists.map((list) => [list, answer[list].slice(lengths[list])]));
  return { ...answer, ...added, trail: answer.trail.filter((entry) => !entries.has(placeOf(entry))) };
}
