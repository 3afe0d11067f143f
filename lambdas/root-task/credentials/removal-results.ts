import {
  type Credential,
  credentialsIn,
  type RootCredentials,
  sameCredential,
} from '../../../contract/root-credentials.ts';
import type { CredentialResult, RemovalPlan } from '../../../contract/trail-states.ts';
import type { Remark } from './remove.ts';

/** What a deletion set out with, and what is read back after it. */
export interface Removal {
  /** What was there before the first attempt, and what that attempt meant to remove. */
  readonly found: RootCredentials;
  readonly plan: RemovalPlan;
  readonly live: RootCredentials;
  readonly remarks: readonly Remark[];
}

/** What became of every credential, each by itself. Gone is only what was read back as gone. */
export function removalResults({ found, live, plan, remarks }: Removal): CredentialResult[] {
  const there = credentialsIn(live);
  const removed = plan.remove.map((credential): CredentialResult => {
    const remark = remarks.find((one) => sameCredential(one.credential, credential))?.text;
    return { ...credential, ...fateOf(credential, live, there, remark) };
  });
  const kept = plan.keep.map(({ why: _, ...kept }): CredentialResult => ({ ...kept, result: 'kept' }));
  const known = [...plan.remove, ...plan.keep];
  const appeared = there
    .filter((one) => !known.some((other) => sameCredential(one, other)))
    .map((one): CredentialResult => ({ ...one, result: 'appeared', detail: whyLeft(one, found) }));
  return [...removed, ...kept, ...appeared];
}

function fateOf(
  credential: Credential,
  live: RootCredentials,
  there: readonly Credential[],
  remark: string | undefined,
): Pick<CredentialResult, 'result' | 'detail'> {
  const read = live[credential.kind];
  if (read.state === 'unknown') return { result: 'unknown', detail: remark ?? read.reason };
  return there.some((one) => sameCredential(one, credential))
    ? { result: 'still-there', detail: remark ?? 'it was removed as far as AWS answered, and is still shown' }
    : { result: 'gone', detail: remark ?? '' };
}

function whyLeft({ kind }: Credential, found: RootCredentials): string {
  return found[kind].state === 'unknown'
    ? 'it could not be read when the deletion was recorded, so it was left alone'
    : 'it was made after the deletion was recorded, so it was left alone';
}
