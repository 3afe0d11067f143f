import { policySha256 } from '../../policy/canonical.ts';
import { diagnose } from '../../policy/diagnose.ts';
import type { Diagnosis, Owned, Repaired } from '../../policy/diagnosis.ts';
import type { Service } from '../../policy/language.ts';
import { readJson } from '../../policy/read/json.ts';
import { Place } from '../../policy/read/place.ts';
import { isMembers } from '../../policy/read/shapes.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { repairPolicy } from '../../policy/repair.ts';

/** All that can be said of one policy. */
export interface Answer {
  readonly file: string;
  readonly accountId: string;
  readonly diagnosis: Diagnosis;
  /** Null for what is malformed. */
  readonly repaired: Repaired | null;
  /** Hash of the policy; null where it has none. */
  readonly sha256: string | null;
}

export function answerFor(file: string, text: string, service: Service | null, owned: Owned): Answer {
  const read = readPolicy(text, service ?? undefined);
  return {
    file,
    accountId: owned.accountId,
    diagnosis: diagnose(read, owned),
    repaired: read.kind === 'policy' ? repairPolicy(read.policy, owned) : null,
    sha256: hashOf(text),
  };
}

/** The hash of a policy, which a malformed one has too; null for what is no JSON object, or not a single one. */
export function hashOf(text: string): string | null {
  const json = readJson(text, new Place([]));
  return json !== null && isMembers(json.value) ? policySha256(text) : null;
}
