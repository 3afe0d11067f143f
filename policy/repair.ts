import { policySha256 } from './canonical.ts';
import { readActions } from './diagnose.ts';
import type { Owned, Repaired } from './diagnosis.ts';
import type { Policy } from './language.ts';
import { lineDiff } from './repair/diff.ts';
import { asCompactText, asText, bytesOf } from './repair/document.ts';
import { proveRepair } from './repair/prove.ts';
import { type Rewritten, rewrite } from './repair/rewrite.ts';
import { sentencesOn } from './repair/sentences.ts';
import { Meter } from './search/meter.ts';
import { resourceOf } from './search/resource.ts';
import { quotas } from './service/quotas.ts';

/**
 * Gives policy administration back to the owner account's own principals by the smallest change to a policy that does,
 * and keeps everything else. The changed document is proven before it is handed out (`repair/prove.ts`): what cannot be
 * proven is `none-safe`, with the reason. The same policy is always repaired in the same way. Throws for nothing that
 * was read as a policy.
 */
export function repairPolicy(policy: Policy, owned: Owned): Repaired {
  const meter = new Meter(ofOneRepair);
  const known = { ...owned, resourceArn: resourceOf(policy, owned.accountId, owned.resourceArn).arn };
  if (Object.values(readActions(policy, known, meter)).some(({ reading }) => reading.undecided))
    return {
      kind: 'none-safe',
      why: 'The policy is too intricate to say which statements lock anybody out.',
    };
  const suspects = lockingStatements(policy, known, meter);
  if (suspects.size === 0) return { kind: 'not-needed' };
  const meant = deliberate(policy, suspects, known, meter);
  const few = new Set([...suspects].filter((index) => !meant.has(index)));
  const repaired = repairOf(policy, few, known, meter);
  // Statements that each spare the others may still shut them out together.
  return repaired.kind === 'repair' || meant.size === 0 ? repaired : repairOf(policy, suspects, known, meter);
}

/** A repair reads a policy several times: each suspect for itself, and what is left in the end. */
const ofOneRepair = 4_000_000;

/** The Denys that are named where those whom no statement names are shut out of an administrative action. */
function lockingStatements(policy: Policy, owned: Owned, meter: Meter): Set<number> {
  const locked = Object.values(readActions(policy, owned, meter)).filter(
    ({ ordinaryGetIn }) => !ordinaryGetIn,
  );
  return new Set(locked.flatMap(({ reading }) => reading.statements.map(({ index }) => index)));
}

/** Those that shut out whom they name and nobody else: they mean it, and stay. */
function deliberate(policy: Policy, suspects: ReadonlySet<number>, owned: Owned, meter: Meter): Set<number> {
  const alone = (index: number): Policy => ({
    ...policy,
    statements: policy.statements.filter((other) => other.index === index || !suspects.has(other.index)),
  });
  return new Set([...suspects].filter((index) => lockingStatements(alone(index), owned, meter).size === 0));
}

function repairOf(policy: Policy, indexes: ReadonlySet<number>, owned: Owned, meter: Meter): Repaired {
  const rewritten = rewrite(policy, indexes, owned.accountId);
  if (rewritten.origins.length === 0)
    return { kind: 'none-safe', why: 'Nothing of the policy would be left: approve its deletion instead.' };
  const text = textOf(policy, rewritten);
  const proof = proveRepair(policy, { text, origins: rewritten.origins }, owned, meter);
  if (!proof.proven)
    return { kind: 'none-safe', why: `No change to the policy is proven to be safe: ${proof.why}.` };
  return {
    kind: 'repair',
    text,
    sha256: policySha256(text),
    changes: sentencesOn(rewritten.changes),
    statements: rewritten.changes.map(({ statement: { index, sid } }) => ({ index, sid })),
    diff: lineDiff(asText(policy.document), asText(rewritten.document)),
  };
}

/** As people write policies, unless only without white space it is small enough. */
function textOf({ service }: Policy, { document }: Rewritten): string {
  const text = asText(document);
  return bytesOf(text) <= quotas[service].bytes ? text : asCompactText(document);
}
