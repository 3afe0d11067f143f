import type { Answer } from '../../../sandbox/scenario/answer.ts';
import { expectChangedOnce } from '../faults/expect-right.ts';
import { account, type Fault, type Policy, type Step } from '../scenes/scene.ts';
import { openStories, type Plot } from '../scenes/stories.ts';
import { entryOf, type Ticket, ticketOf } from '../scenes/ticket.ts';
import type { Act } from './crash-acts.ts';
import { evenIfNotLocked, hashOf } from './restore-acts.ts';

/** What one act came to, of a world in which others were played before. */
export interface Acted extends Answer {
  readonly act: Act;
  readonly target: string;
  /** The policy on the target when the story is over. */
  readonly policy: unknown;
}

export interface CrashTheatre {
  /** The next target's policy is dealt with by this act, under these faults. */
  play(act: Act, faults: readonly Fault[], plot?: (ticket: Ticket, act: Act) => Plot): Promise<Acted>;
  close(): Promise<void>;
}

const now = '2026-11-20T10:00:00Z';
/** A story with all its retries takes less. */
const longestStory = 6 * 60_000;
const entriesAtMost = 10;

const numbersUpTo = (tickets: number) => Array.from({ length: tickets }, (_, index) => index + 1);

/** One member account with so many targets for each act, whose policies are these. */
function organizationOf(acts: readonly Act[], targets: (act: Act) => number, areRestores: boolean) {
  const owned = acts.map((act) => {
    const { lockOut, nameOf, owning, repaired } = act.scene;
    const names = numbersUpTo(targets(act)).map((nth) => nameOf(nth));
    return owning(names.map((name) => ({ name, policy: areRestores ? repaired(name) : lockOut(name) })));
  });
  return { accounts: [Object.assign({ id: account, name: 'project-prod' }, ...owned)] };
}

/** All of them are taken away by root, ten at a time. */
function takingAway(tickets: readonly Ticket[]): Step[] {
  const entries = tickets.map((ticket) => entryOf(ticket.approval(evenIfNotLocked)));
  return numbersUpTo(Math.ceil(entries.length / entriesAtMost)).map((nth) => ({
    putEvents: {
      as: 'ticketing',
      entries: entries.slice((nth - 1) * entriesAtMost, nth * entriesAtMost),
    },
  }));
}

/** A world with so many targets for each act. For restores what is to be put back was taken away before. */
export async function openCrashTheatre(
  acts: readonly Act[],
  targets: (act: Act) => number,
): Promise<CrashTheatre> {
  const areRestores = acts.every(({ code }) => code === 'restored');
  const stories = await openStories({ now, organization: organizationOf(acts, targets, areRestores) });
  const ticketsOf = (act: Act) =>
    numbersUpTo(targets(act)).map((nth) => ticketOf(act.scene, nth, Date.parse(now)));
  const tickets = new Map(acts.map((act) => [act, ticketsOf(act)]));
  if (areRestores)
    await stories.play([...takingAway([...tickets.values()].flat()), { advanceClock: 'PT10M' }]);

  return {
    async play(act, faults, plot = (ticket) => [act.send(ticket)]) {
      const ticket = tickets.get(act)?.shift();
      if (ticket === undefined) throw new Error(`there are no more targets for ${act.what}`);
      await stories.letSchedulesPass(longestStory);
      const came = await stories.play(plot(ticket, act), faults);
      const { target } = ticket;
      return { ...came, act, target, policy: act.scene.policyAtTheEnd(came.organization, target) };
    },
    close: () => stories.close(),
  };
}

/** A policy as an attempt records it; its text is AWS's. */
const recorded = (policy: Policy | null) =>
  policy === null ? { policy: null, sha256: null } : { policy: expect.any(String), sha256: hashOf(policy) };

/** Whatever was declared on the way: this policy in the place of that one, and no other; and nothing was deleted. */
export function expectNoOtherDocument({ act, calls, target, trail }: Acted): void {
  for (const { before, intended } of trail.filter(({ kind }) => kind === 'acting')) {
    expect(before).toEqual(recorded(act.found(target)));
    expect(intended).toEqual(recorded(act.document(target)));
  }
  expect(calls.filter(({ operation }) => operation === 'DeleteBucketPolicy')).toEqual([]);
}

/**
 * The document is what is there, by one change and one ending. With one change that had an effect, and the document
 * there in the end, there was never nothing in between.
 */
export function expectPutOnce(answer: Acted, faults: readonly Fault[]): void {
  const { act, policy, target } = answer;
  expect(policy).toEqual(act.document(target));
  expectNoOtherDocument(answer);
  expectChangedOnce(answer, act.scene, act.code, faults);
}
