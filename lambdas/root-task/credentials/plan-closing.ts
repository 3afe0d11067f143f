import { type Credential, credentialsIn, type RootCredentials } from '../../../contract/root-credentials.ts';
import type { Kept, RemovalPlan } from '../../../contract/trail-states.ts';
import type { RecordedOpening } from '../steps/opening-of.ts';
import { removalPlanOf } from './state.ts';

/** Another opening of the same root user, later than the one that is closed. */
export interface LaterOpening {
  readonly requestId: string;
  readonly openedAt: string;
}

/**
 * Decides what an opening's closing takes away: the password, and what was made since it was opened. What was there
 * before stays, and so does what was made under a later opening, which has a closing of its own. IAM's own dates, in
 * whole seconds, tell them apart; a password whose date AWS does not say was made since, for there was none.
 */
export function planClosing(
  found: RootCredentials,
  { openedAt }: Pick<RecordedOpening, 'openedAt'>,
  later: LaterOpening | null,
): RemovalPlan {
  const remove: Credential[] = [];
  const keep: Kept[] = [];
  for (const credential of credentialsIn(found)) {
    const why = whyKept(credential, madeAtOf(credential, found), openedAt, later);
    if (why === null) remove.push(credential);
    else keep.push({ ...credential, why: 'not-asked-for', detail: why });
  }
  return removalPlanOf(remove, keep);
}

const second = (instant: string) => Math.floor(Date.parse(instant) / 1000) * 1000;

function whyKept(
  { kind }: Credential,
  madeAt: string | null,
  openedAt: string,
  later: LaterOpening | null,
): string | null {
  if (madeAt === null)
    return kind === 'password'
      ? null
      : 'AWS does not say when it was made: look whether it was there before the opening';
  if (later !== null && Date.parse(madeAt) >= second(later.openedAt))
    return `made on ${madeAt}, under the later opening ${later.requestId}, whose closing takes it away`;
  if (kind === 'password' || Date.parse(madeAt) >= second(openedAt)) return null;
  return `it was there before the opening, since ${madeAt}`;
}

function madeAtOf({ id, kind, madeAt }: Credential, found: RootCredentials): string | null {
  if (kind === 'password') return id;
  if (kind === 'mfaDevices') return madeAt ?? null;
  const read = found[kind];
  return read.state === 'present' ? (read.items.find((one) => one.id === id)?.createdAt ?? null) : null;
}
