import type { ApprovableTask, RootTaskName } from '../../../contract/root-tasks.ts';
import type { RootUser } from '../../../sandbox/parts.ts';
import type { Fault } from '../scenes/scene.ts';
import { everything, newCertificate, newKey, nobody, withoutPassword } from './root-users.ts';
import type { Played, Theatre } from './theatre.ts';

/** All that the journeys must know of one root task on root credentials. */
export interface Part {
  readonly task: RootTaskName;
  /** What a ticket asks for, so that this task is carried out. */
  readonly asks: ApprovableTask;
  /** A root user with whom it has something to do, ... */
  readonly userBefore: (accountId: string) => RootUser;
  /** ... what becomes of it, as far as that can be said beforehand, ... */
  readonly userAfter: (accountId: string) => object;
  /** ... the calls that change something, each as often as it is carried out, ... */
  readonly changes: Readonly<Record<string, number>>;
  /** ... and what is in the trail then. */
  readonly kinds: readonly string[];
  readonly code: string;
  /** Plays its part of a story: what came of it under these faults. */
  play(theatre: Theatre, faults?: readonly Fault[]): Promise<Played>;
}

/** A part that a ticket asks for by itself. */
export interface AskedPart extends Part {
  readonly task: ApprovableTask;
  /** A root user with whom it has nothing to do, and the ending of that; null where there always is something. */
  readonly nothing: { readonly user: (accountId: string) => RootUser; readonly code: string } | null;
  readonly rehearsedCode: string;
}

const changed = ['approved', 'acting', 'ended'];

function asked(part: Omit<AskedPart, 'asks' | 'play'>): AskedPart {
  const { task, userBefore } = part;
  return {
    ...part,
    asks: task,
    play: (theatre, faults) => theatre.play(task, userBefore, ({ send }) => [send()], faults),
  };
}

export const audit = asked({
  task: 'audit-root-credentials',
  userBefore: everything,
  userAfter: everything,
  changes: {},
  kinds: ['approved', 'ended'],
  code: 'audited-with-credentials',
  nothing: null,
  rehearsedCode: 'would-audit',
});

export const deletion = asked({
  task: 'delete-root-credentials',
  userBefore: everything,
  userAfter: () => nobody,
  changes: {
    DeleteAccessKey: 2,
    DeleteSigningCertificate: 1,
    DeleteLoginProfile: 1,
    DeactivateMFADevice: 2,
  },
  kinds: changed,
  code: 'root-credentials-deleted',
  nothing: { user: () => nobody, code: 'no-root-credentials' },
  rehearsedCode: 'would-delete-root-credentials',
});

export const opening = asked({
  task: 'allow-root-password-recovery',
  userBefore: withoutPassword,
  userAfter: (accountId) => ({ ...withoutPassword(accountId), password: { createdAt: expect.any(String) } }),
  changes: { CreateLoginProfile: 1 },
  kinds: changed,
  code: 'password-recovery-allowed',
  nothing: { user: everything, code: 'password-present' },
  rehearsedCode: 'would-allow-password-recovery',
});

/** An opening of these stories is to be closed by then, and is closed unless something goes wrong. */
export const itsTimeIsOver = { advanceClock: 'PT5M10S' };

/** What whoever recovered the password has made of every kind while recovery was allowed. */
const deviceMadeSince = 'GAHT00000001';

/** Carried out when the time of an opening is over: what was there before stays, what was made since goes. */
export const closing: Part = {
  task: 'close-root-password-recovery',
  asks: 'allow-root-password-recovery',
  userBefore: withoutPassword,
  userAfter: withoutPassword,
  changes: {
    DeleteAccessKey: 1,
    DeleteSigningCertificate: 1,
    DeleteLoginProfile: 1,
    DeactivateMFADevice: 1,
  },
  kinds: changed,
  code: 'password-recovery-closed',
  async play(theatre, faults) {
    const { ticket } = await theatre.play(this.asks, this.userBefore, ({ makes, send }) => [
      send(),
      makes({ password: true }),
      makes({ accessKey: { id: newKey } }),
      makes({ signingCertificate: { id: newCertificate } }),
      makes({ mfaDevice: { serialNumber: deviceMadeSince } }),
    ]);
    return theatre.goOn(ticket, [itsTimeIsOver], faults);
  },
};

export const askedParts: readonly AskedPart[] = [audit, deletion, opening];
export const everyPart: readonly Part[] = [...askedParts, closing];

/** What an opening leaves is closed, so that no later story of the same world meets it. */
export async function leaveClosed(theatre: Theatre, { ticket }: Played): Promise<void> {
  if (ticket.task === opening.task) await theatre.goOn(ticket, [itsTimeIsOver]);
}
