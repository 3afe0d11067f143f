import type { PolicyState } from '../contract/trail-entry.ts';
import { policySha256 } from '../policy/canonical.ts';

/** No policy at all. */
export const noPolicy: PolicyState = { policy: null, sha256: null };

/** A policy's text as AWS gave it, with the hash of its canonical form. */
export function policyStateOf(text: string | null): PolicyState {
  return text === null ? noPolicy : { policy: text, sha256: policySha256(text) };
}

/** Whether two states are the same policy, or both none. */
export function samePolicy(a: PolicyState, b: PolicyState): boolean {
  return a.sha256 === b.sha256;
}
