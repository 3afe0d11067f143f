import { expectIntactChains } from '../faults/expect-right.ts';
import { endings, expectNothingOpened, expectToldOnce } from '../given.ts';
import type { Scene } from '../scenes/scene.ts';
import { openTheatre, type Played, type Theatre } from '../scenes/theatre.ts';
import type { Ticket } from '../scenes/ticket.ts';
import {
  evenIfNotLocked,
  everyRestore,
  hashOf,
  later,
  requestOf,
  restore,
  restoreDetail,
  takenAway,
  unlockingOf,
} from './restore-acts.ts';

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

const codes = (answer: Played) => endings(answer).map(({ code }) => code);

function expectSound(answer: Played): void {
  expectIntactChains(answer);
  expectToldOnce(answer);
  expect(answer.deadLetters).toEqual([]);
}

/** A policy that is not the one of the story and locks nobody out either. */
const anotherPolicy = (scene: Scene, name: string) => {
  const { Statement, ...rest } = scene.repaired(name);
  const [statement] = Statement as [object];
  return { ...rest, Statement: [{ ...statement, Sid: 'SomebodyElses' }] };
};

/** The request of the story's restore: what a second one may name as the earlier request. */
const restoringOf = (ticket: Ticket, asked: Omit<Parameters<typeof restore>[1], 'earlierRequest'>) =>
  requestOf(restoreDetail(ticket, { earlierRequest: unlockingOf(ticket), ...asked }));

describe.each(everyRestore)('$task: what an unlocking found', ({ scene }) => {
  it('is put back as it was, where it locks nobody out and nothing was put since', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...takenAway(ticket, scene.repaired(ticket.target)),
      restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M' }),
      ticket.administratorTries,
    ]);
    const { target } = answer.ticket;

    expect(codes(answer)).toEqual(['unlocked', 'restored']);
    expect(answer.policy).toEqual(scene.repaired(target));
    expect(answer.tries).toMatchObject([{ allowed: true }]);
    const [taken, put] = answer.trail.filter(({ kind }) => kind === 'acting');
    expect(put).toMatchObject({ before: { policy: null, sha256: null }, intended: taken?.before });
    expect(put?.intended).toMatchObject({ sha256: hashOf(scene.repaired(target)) });
    expect(answer.trail.at(-1)).toMatchObject({
      after: put?.intended,
      diagnosis: { verdict: 'no-lockout', needsRoot: 'no' },
    });
    expect(answer.outcomes.at(-1)).toMatchObject({
      detail: { code: 'restored', diagnosis: { policySha256: hashOf(scene.repaired(target)) } },
    });
    expectSound(answer);
  });

  it('is not put back where it locks everybody out: with the diagnosis, and without a session', async () => {
    const before = await theatre.play(scene, ({ send }) => [send(), later]);
    const { ticket } = before;
    const earlierRequest = unlockingOf(ticket, {});
    const answer = await theatre.goOn(ticket, [
      restore(ticket, { earlierRequest, approved: 'PT8M' }),
      ticket.administratorTries,
    ]);

    expect(codes(before)).toEqual(['unlocked']);
    expect(endings(answer)).toMatchObject([
      {
        ending: 'refused',
        code: 'would-lock-out',
        remedy: expect.stringContaining(`npm run --silent trail -- policy ${earlierRequest}`),
        diagnosis: {
          verdict: expect.stringMatching(/^(?:locks-everyone|locks-some|depends)$/),
          policySha256: hashOf(scene.lockOut(ticket.target)),
          repair: { possible: true },
        },
      },
    ]);
    expect(answer.notifications).toMatchObject([{ message: expect.stringContaining('Statement[0]') }]);
    expect(answer.policy).toBeNull();
    expect(answer.tries).toMatchObject([{ allowed: true }]);
    expectNothingOpened(answer);
    expectSound(answer);
  });

  it('is not put back over its repair either, whatever the approval says of what is there', async () => {
    const before = await theatre.play(scene, ({ send }) => [send({ remedy: 'repair' }), later]);
    const { ticket, policy } = before;
    const earlierRequest = unlockingOf(ticket, { remedy: 'repair' });
    const live = hashOf(Object(policy));
    const answer = await theatre.goOn(ticket, [
      restore(ticket, { earlierRequest, approved: 'PT8M' }),
      later,
      restore(ticket, { earlierRequest, approved: 'PT18M', policySha256: live }),
      ticket.administratorTries,
    ]);

    expect(codes(before)).toEqual(['repaired']);
    expect(codes(answer)).toEqual(['would-lock-out', 'would-lock-out']);
    expect(answer.policy).toEqual(policy);
    expect(answer.tries).toMatchObject([{ allowed: true }]);
    expectNothingOpened(answer);
    expectSound(answer);
  });

  it('is there already: nothing to do, and nothing is put', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...takenAway(ticket, scene.repaired(ticket.target)),
      ticket.ownerPuts(scene.repaired(ticket.target)),
      restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M' }),
    ]);

    expect(endings(answer)).toMatchObject([
      { code: 'unlocked' },
      { ending: 'nothing-to-do', code: 'already-restored' },
    ]);
    expect(answer.trail.filter(({ kind }) => kind === 'acting')).toHaveLength(1);
    expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
    expectSound(answer);
  });
});

describe.each(everyRestore)('$task: another policy was put since', ({ scene }) => {
  const replaced = (ticket: Ticket) => [
    ...takenAway(ticket, scene.repaired(ticket.target)),
    ticket.ownerPuts(anotherPolicy(scene, ticket.target)),
  ];
  const shaOf = (ticket: Ticket) => hashOf(anotherPolicy(scene, ticket.target));

  it('refused, and left alone; approved anew with the hash that the refusal names, it is replaced', async () => {
    const first = await theatre.play(scene, (ticket) => [
      ...replaced(ticket),
      restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M' }),
    ]);
    const { ticket } = first;
    expect(endings(first).at(-1)).toMatchObject({
      ending: 'refused',
      code: 'not-as-left',
      remedy: expect.stringContaining(`"policySha256": "${shaOf(ticket)}"`),
    });
    expect(first.policy).toEqual(anotherPolicy(scene, ticket.target));

    const over = { approved: 'PT18M', policySha256: shaOf(ticket) };
    const answer = await theatre.goOn(ticket, [
      later,
      restore(ticket, { earlierRequest: unlockingOf(ticket), ...over }),
    ]);
    expect(codes(answer)).toEqual(['restored']);
    expect(answer.policy).toEqual(scene.repaired(ticket.target));
    expectSound(answer);
  });

  it('approved against another policy than that, or against none: superseded, and left alone', async () => {
    const answer = await theatre.play(scene, (ticket) => {
      const earlierRequest = unlockingOf(ticket);
      return [
        ...replaced(ticket),
        restore(ticket, { earlierRequest, approved: 'PT8M', policySha256: 'none' }),
        later,
        restore(ticket, { earlierRequest, approved: 'PT18M', policySha256: 'a'.repeat(64) }),
      ];
    });

    expect(endings(answer).slice(1)).toMatchObject([
      { ending: 'superseded', code: 'policy-not-as-approved' },
      { ending: 'superseded', code: 'policy-not-as-approved' },
    ]);
    expect(answer.policy).toEqual(anotherPolicy(scene, answer.ticket.target));
    expectSound(answer);
  });

  it('and taken away again: approved against none, the old one is put back', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...replaced(ticket),
      ticket.ownerPuts(null),
      restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M', policySha256: 'none' }),
    ]);

    expect(codes(answer)).toEqual(['unlocked', 'restored']);
    expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
  });

  it('a restore is undone by a restore of what it found', async () => {
    const answer = await theatre.play(scene, (ticket) => {
      const over = { approved: 'PT8M', policySha256: shaOf(ticket) };
      return [
        ...replaced(ticket),
        restore(ticket, { earlierRequest: unlockingOf(ticket), ...over }),
        later,
        restore(ticket, { earlierRequest: restoringOf(ticket, over), approved: 'PT18M', letter: 'U' }),
      ];
    });

    expect(codes(answer)).toEqual(['unlocked', 'restored', 'restored']);
    expect(answer.policy).toEqual(anotherPolicy(scene, answer.ticket.target));
    expectSound(answer);
  });
});

describe.each(everyRestore)('$task: an approval that says it may lock some out', ({ scene }) => {
  /** Nobody is spared: what locks everybody out, the pipeline too. */
  const everybodyOut = (name: string) => {
    const { Statement, ...rest } = scene.lockOut(name);
    const [{ Condition: _, ...statement }] = Statement as [Record<string, unknown>];
    return { ...rest, Statement: [statement] };
  };

  it('does not have put back what locks everybody out', async () => {
    const { ticket } = await theatre.play(scene, (one) => [
      one.ownerPuts(everybodyOut(one.target)),
      one.send(),
      later,
    ]);
    const answer = await theatre.goOn(ticket, [
      restore(ticket, {
        earlierRequest: unlockingOf(ticket, {}),
        approved: 'PT8M',
        evenIfItLocksSome: true,
      }),
    ]);

    expect(endings(answer)).toMatchObject([
      {
        ending: 'refused',
        code: 'would-lock-out',
        diagnosis: { verdict: 'locks-everyone', needsRoot: 'yes' },
      },
    ]);
    expect(answer.policy).toBeNull();
    expectNothingOpened(answer);
    expectSound(answer);
  });

  it('has put back what spares somebody, and nothing else than that', async () => {
    const { ticket } = await theatre.play(scene, ({ send }) => [send(), later]);
    const answer = await theatre.goOn(ticket, [
      restore(ticket, {
        earlierRequest: unlockingOf(ticket, {}),
        approved: 'PT8M',
        evenIfItLocksSome: true,
      }),
    ]);

    expect(codes(answer)).toEqual(['restored']);
    expect(answer.policy).toEqual(scene.lockOut(ticket.target));
    expectSound(answer);
  });
});

describe.each(everyRestore.slice(0, 1))('$task: rehearsed', ({ scene }) => {
  const rehearsal = (ticket: Ticket, more: object = {}) =>
    restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT8M', dryRun: true, ...more });

  it('says what would be put, and the hash for the approval, which then does it', async () => {
    const answer = await theatre.play(scene, (ticket) => [
      ...takenAway(ticket, scene.repaired(ticket.target)),
      rehearsal(ticket),
      restore(ticket, { earlierRequest: unlockingOf(ticket), approved: 'PT9M', policySha256: 'none' }),
    ]);

    expect(endings(answer)).toMatchObject([
      { code: 'unlocked' },
      {
        ending: 'rehearsed',
        code: 'would-restore',
        remedy: expect.stringContaining('"policySha256": "none"'),
        diagnosis: { verdict: 'no-lockout' },
      },
      { code: 'restored' },
    ]);
    expect(answer.trail.map(({ kind }) => kind).filter((kind) => kind === 'acting')).toHaveLength(2);
    expect(answer.policy).toEqual(scene.repaired(answer.ticket.target));
    expectSound(answer);
  });

  it.each<[string, string, (ticket: Ticket) => Parameters<Theatre['goOn']>[1]]>([
    [
      'it is there already',
      'would-do-nothing',
      (ticket) => [ticket.ownerPuts(scene.repaired(ticket.target))],
    ],
    [
      'another is there',
      'would-not-act',
      (ticket) => [ticket.ownerPuts(anotherPolicy(scene, ticket.target))],
    ],
  ])('%s: %s, and nothing is changed', async (_, code, between) => {
    const answer = await theatre.play(scene, (ticket) => [
      ...takenAway(ticket, scene.repaired(ticket.target)),
      ...between(ticket),
      rehearsal(ticket),
    ]);

    expect(endings(answer).at(-1)).toMatchObject({ ending: 'rehearsed', code });
    expect(answer.trail.filter(({ kind }) => kind === 'acting')).toHaveLength(1);
    expectSound(answer);
  });

  it('it would lock everybody out: said without a session, and without a word of the policy', async () => {
    const { ticket } = await theatre.play(scene, ({ send }) => [send(), later]);
    const answer = await theatre.goOn(ticket, [
      rehearsal(ticket, { earlierRequest: unlockingOf(ticket, {}) }),
    ]);

    expect(endings(answer)).toMatchObject([{ ending: 'rehearsed', code: 'would-not-act' }]);
    for (const { message } of answer.notifications)
      expect(message).not.toMatch(/OnlyThePipeline|role\/pipeline/);
    expectNothingOpened(answer);
    expect(answer.policy).toBeNull();
    expectSound(answer);
  });

  it('a restore that found no policy cannot be undone by another: there is nothing to put', async () => {
    const { ticket } = await theatre.play(scene, (one) => [
      one.ownerPuts(scene.repaired(one.target)),
      one.send(evenIfNotLocked),
      later,
    ]);
    const over = { approved: 'PT7M' };
    const answer = await theatre.goOn(ticket, [
      restore(ticket, { earlierRequest: unlockingOf(ticket), ...over }),
      later,
      restore(ticket, { earlierRequest: restoringOf(ticket, over), approved: 'PT18M', letter: 'U' }),
    ]);

    expect(endings(answer)).toMatchObject([
      { code: 'restored' },
      { code: 'nothing-to-restore', summary: expect.stringContaining('it found no policy there') },
    ]);
    expect(answer.policy).toEqual(scene.repaired(ticket.target));
  });
});
