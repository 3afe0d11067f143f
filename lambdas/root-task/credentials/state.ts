import { canonicalJson, sha256 } from '../../../contract/canonical-json.ts';
import type { Credential, RootCredentials } from '../../../contract/root-credentials.ts';
import type { CredentialsState, Kept, RemovalPlan } from '../../../contract/trail-states.ts';

/** What was read of a root user, as the trail keeps it. */
export function credentialsStateOf(credentials: RootCredentials): CredentialsState {
  return { credentials, sha256: sha256(canonicalJson(credentials)) };
}

/** What is going to be removed and kept, as the trail keeps it. */
export function removalPlanOf(remove: Credential[], keep: Kept[]): RemovalPlan {
  return { remove, keep, sha256: sha256(canonicalJson({ remove, keep })) };
}
