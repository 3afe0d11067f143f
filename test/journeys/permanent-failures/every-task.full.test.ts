import { callsOf, endings, expectToldOnce } from '../given.ts';
import type { Scene } from '../scenes/scene.ts';
import { everyScene } from '../scenes/scenes.ts';
import { openTheatre, type Theatre } from '../scenes/theatre.ts';
import {
  type Change,
  changed,
  controlledBy,
  denyAssumeRoot,
  denyRoot,
  otherAccount,
  ownAccount,
} from './organization.ts';

/** What AWS says no to for good, and the ending that tells it apart. */
interface Case {
  readonly name: string;
  readonly code: string;
  /** What the person on call must be able to read. */
  readonly says: RegExp;
  readonly change?: Change;
  /** Where the target is said to be. */
  readonly accountId?: string;
  readonly targetName?: string;
  readonly sessions?: number;
  /** What is in the trail before the ending. */
  readonly kinds?: readonly string[];
}

const casesOf = ({ changeAction, noSuchTarget, nameOf }: Scene): Case[] => [
  {
    name: 'root sessions are not enabled',
    code: 'root-sessions-not-enabled',
    says: /enable-organizations-root-sessions/,
    change: (organization) => {
      organization.features = ['RootCredentialsManagement'];
    },
  },
  {
    name: 'trusted access is off',
    code: 'trusted-access-off',
    says: /enable-aws-service-access/,
    change: (organization) => {
      organization.trustedAccess = false;
    },
  },
  {
    name: 'the target is no member',
    code: 'not-a-member',
    says: /not a member/,
    accountId: otherAccount,
  },
  {
    name: 'the target is the management account, which the settings name wrongly',
    code: 'management-account',
    says: /management account/,
    change: (organization) => {
      organization.managementAccountId = '555555555555';
    },
    accountId: '555555555555',
  },
  {
    name: 'the account is suspended',
    code: 'account-not-active',
    says: /SUSPENDED/,
    change: (_, member) => {
      member.state = 'SUSPENDED';
    },
  },
  {
    name: 'an SCP of the account denies root everything',
    code: 'denied-by-scp',
    says: /service control policy/i,
    change: controlledBy(denyRoot('*')),
    sessions: 1,
  },
  {
    name: 'an SCP denies the change only: what was about to be done is recorded, and it did not happen',
    code: 'denied-by-scp',
    says: new RegExp(changeAction, 'i'),
    change: controlledBy(denyRoot(changeAction)),
    sessions: 1,
    kinds: ['approved', 'acting'],
  },
  {
    name: 'there is no such target',
    code: noSuchTarget,
    says: /does not exist/,
    targetName: nameOf(999),
    sessions: 1,
  },
  {
    name: 'AWS does not say which of several causes it is',
    code: 'assume-root-denied',
    says: /one of these/,
    change: controlledBy(denyAssumeRoot, ownAccount),
  },
];

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

describe.each(everyScene)('$task: what AWS says no to for good', (scene) => {
  it.each(casesOf(scene))('ends in plain words: $name', async (one) => {
    const restore = changed(theatre.world, one.change ?? (() => {}));
    const answer = await theatre
      .play(scene, ({ send, target }) => [
        send({ target: scene.target(one.targetName ?? target, one.accountId) }),
      ])
      .finally(restore);

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: one.code, remedy: expect.any(String) }]);
    const [told] = answer.notifications;
    expect(told?.message).toMatch(one.says);
    expect(told?.subject).toMatch(/^rootdesk failed: /);
    expectToldOnce(answer);
    expect(answer.deadLetters).toEqual([]);
    expect(answer.policy).toEqual(scene.lockOut(answer.ticket.target));
    expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(one.sessions ?? 0);
    expect(answer.trail.map(({ kind }) => kind)).toEqual([...(one.kinds ?? ['approved']), 'ended']);
  });

  it('is believed only when it lasts: what is denied for a minute is tried again, and goes through', async () => {
    const restore = changed(theatre.world, controlledBy(denyAssumeRoot, ownAccount));
    const denied = await theatre
      .play(scene, ({ send }) => [send({}, { settleFor: 'PT30S' })])
      .finally(restore);
    expect(denied.trail.map(({ kind }) => kind)).toEqual(['approved']);
    const answer = await theatre.goOn(denied.ticket, [{ advanceClock: 'PT2M' }]);

    expect(endings(answer)).toMatchObject([{ ending: 'succeeded' }]);
    expect(answer.policy).toBeNull();
    expectToldOnce(answer);
  });
});
