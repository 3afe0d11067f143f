import { milliseconds } from '../../../contract/duration.ts';
import type { ApprovableTask } from '../../../contract/root-tasks.ts';
import type { Account, RootUser } from '../../../sandbox/parts.ts';
import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { World } from '../../../sandbox/world.ts';
import { type Asking, askingFor } from '../scenes/approval.ts';
import type { Fault, Step } from '../scenes/scene.ts';
import { openStories, type Plot } from '../scenes/stories.ts';
import { nobody } from './root-users.ts';

/** A ticket on the root user of an account of its own. */
export interface Ticket extends Asking {
  readonly task: ApprovableTask;
  readonly accountId: string;
  /** Somebody who is signed in as root makes a credential. */
  makes(credential: Omit<NonNullable<Step['createRootCredential']>, 'accountId'>): Step;
  /** The organization changes its account. */
  becomes(change: Omit<NonNullable<Step['changeAccount']>, 'accountId'>): Step;
}

/** What one story came to, and nothing of the others. */
export interface Played extends Answer {
  readonly ticket: Ticket;
  /** The root user when the story is over. */
  readonly user: RootUser;
}

/** One world in which story after story is played, each with an account of its own. */
export interface Theatre {
  readonly world: World;
  /** A new ticket comes up on an account with this root user; what the plot makes of it is played to its end. */
  play(
    task: ApprovableTask,
    user: (accountId: string) => RootUser,
    plot: (ticket: Ticket) => Plot,
    faults?: readonly Fault[],
  ): Promise<Played>;
  goOn(ticket: Ticket, steps: Plot, faults?: readonly Fault[]): Promise<Played>;
  pass(duration: string): Promise<void>;
  close(): Promise<void>;
}

const accountsAtMost = 150;
const idOf = (nth: number) => String(600_000_000_000 + nth);
/** An opening of five minutes, its closing, and the retries of both. */
const longestStory = 14 * 60_000;

/** Recovery is the one task that two people have to approve; and it is over sooner than anybody could use it. */
const asked: Readonly<Partial<Record<ApprovableTask, object>>> = {
  'allow-root-password-recovery': {
    approvers: ['lead@example.com', 'second.lead@example.com'],
    more: { removeAfter: 'PT5M' },
  },
};

export async function openTheatre(more: Partial<ScenarioInput> = {}): Promise<Theatre> {
  const accounts = Array.from({ length: accountsAtMost }, (_, index) => ({ id: idOf(index + 1) }));
  const stories = await openStories({ now: '2026-11-20T10:00:00Z', organization: { accounts }, ...more });
  const { world } = stories;
  let tickets = 0;

  function accountOf({ accountId }: Pick<Ticket, 'accountId'>): Account {
    const found = world.organization.accounts.find(({ id }) => id === accountId);
    if (found === undefined) throw new Error(`there are ${accountsAtMost} accounts only`);
    return found;
  }

  async function goOn(ticket: Ticket, steps: Plot, faults?: readonly Fault[]): Promise<Played> {
    const came = await stories.play(steps, faults);
    return { ...came, ticket, user: structuredClone(accountOf(ticket).rootUser ?? nobody) };
  }

  return {
    world,
    async play(task, user, plot, faults) {
      await stories.letSchedulesPass(longestStory);
      tickets += 1;
      const ticket = ticketOf(task, tickets, world.clock.now());
      accountOf(ticket).rootUser = structuredClone(user(ticket.accountId));
      return goOn(ticket, plot(ticket), faults);
    },
    goOn,
    pass: (duration) => stories.pass(milliseconds(duration)),
    close: () => stories.close(),
  };
}

function ticketOf(task: ApprovableTask, number: number, cameUpAt: number): Ticket {
  const accountId = idOf(number);
  return {
    ...askingFor(`SEC-${number}`, cameUpAt, {
      task,
      target: { accountId },
      reason: 'Nobody should sign in as root',
      ...asked[task],
    }),
    task,
    accountId,
    makes: (credential) => ({ createRootCredential: { accountId, ...credential } }),
    becomes: (change) => ({ changeAccount: { accountId, ...change } }),
  };
}
