import { milliseconds } from '../../../contract/duration.ts';
import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { World } from '../../../sandbox/world.ts';
import { account, type Fault, type Organization, type Scene } from './scene.ts';
import { everyScene } from './scenes.ts';
import { openStories, type Plot } from './stories.ts';
import { type Ticket, ticketOf } from './ticket.ts';

export type { Plot } from './stories.ts';

/** What one story came to: only what was added by it, of a world in which others were played before. */
export interface Played extends Answer {
  readonly ticket: Ticket;
  /** The policy on the ticket's target when the story is over. */
  readonly policy: unknown;
}

/** One world in which story after story is played, each with a ticket and a target of its own. */
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
  const stories = await openStories({
    now: '2026-11-20T10:00:00Z',
    organization: lockedOrganization(),
    ...more,
  });
  const { world } = stories;
  let tickets = 0;

  async function goOn(ticket: Ticket, steps: Plot, faults?: readonly Fault[]): Promise<Played> {
    const came = await stories.play(steps, faults);
    return { ...came, ticket, policy: ticket.scene.policyAtTheEnd(came.organization, ticket.target) };
  }

  return {
    world,
    async play(scene, plot, faults) {
      await stories.letSchedulesPass(longestStory);
      tickets += 1;
      if (tickets > ticketsAtMost) throw new Error(`there are targets for ${ticketsAtMost} tickets only`);
      const ticket = ticketOf(scene, tickets, world.clock.now());
      return goOn(ticket, plot(ticket), faults);
    },
    goOn,
    pass: (duration) => stories.pass(milliseconds(duration)),
    close: () => stories.close(),
  };
}
