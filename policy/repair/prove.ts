import { canonicalJson } from '../../contract/canonical-json.ts';
import { deletedPrincipals } from '../deleted-principals.ts';
import { readActions } from '../diagnose.ts';
import type { Owned } from '../diagnosis.ts';
import type { Policy } from '../language.ts';
import { readPolicy } from '../read-policy.ts';
import { Meter } from '../search/meter.ts';
import { resourceOf } from '../search/resource.ts';
import { canonicalStatements } from './document.ts';
import { guardFault } from './prove/guard.ts';
import { narrowingFault } from './prove/narrowing.ts';
import { quotaFault } from './prove/quotas.ts';
import type { Origin } from './rewrite.ts';

/** Whether a changed document is what a repair has to be. */
export type Proof = { readonly proven: true } | { readonly proven: false; readonly why: string };

/** A changed document, and where each of its statements is said to come from. */
export interface Claim {
  readonly text: string;
  readonly origins: readonly Origin[];
}

/**
 * Proves a changed document, whoever made it: it is a policy; those whom no statement names get back to its
 * administration; nobody is let in to anything else, and nobody outside the account to that either; nobody is shut out
 * of anything; the service takes its size. The origins are believed only where the statements bear them out.
 */
export function proveRepair(policy: Policy, claim: Claim, owned: Owned, meter = new Meter()): Proof {
  const read = readPolicy(claim.text, policy.service);
  if (read.kind === 'malformed')
    return { proven: false, why: 'the changed document is no policy that AWS takes' };
  const why =
    membersFault(policy, read.policy) ??
    originsFault(policy, read.policy, claim.origins) ??
    statementsFault(policy, read.policy, claim.origins, owned.accountId) ??
    lockOutFault(
      read.policy,
      { ...owned, resourceArn: resourceOf(policy, owned.accountId, owned.resourceArn).arn },
      meter,
    ) ??
    deletedFault(read.policy) ??
    quotaFault(policy, read.policy);
  return why === null ? { proven: true } : { proven: false, why };
}

/**
 * AWS shows a principal that was deleted by its unique id, and takes no policy that names one ("Invalid principal in
 * policy"). Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
function deletedFault({ statements }: Policy): string | null {
  const found = statements.find(({ principals }) => deletedPrincipals(principals).length > 0);
  return found === undefined
    ? null
    : `Statement[${found.index}] names a principal that has been deleted, and AWS takes no such policy`;
}

/** Version and Id are as they were. */
function membersFault(before: Policy, after: Policy): string | null {
  const others = ({ document }: Policy) => canonicalJson({ ...document, Statement: null });
  return others(before) === others(after) ? null : 'more than statements would change';
}

/** Each statement comes from one that was there, in the order that was there. */
function originsFault(before: Policy, after: Policy, origins: readonly Origin[]): string | null {
  const places = origins.filter(({ kind }) => kind === 'statement').map(({ index }) => index);
  const inOrder = places.every((index, place) => place === 0 || index > (places[place - 1] ?? index));
  const known = origins.every(({ index }) => before.statements[index] !== undefined);
  return origins.length === after.statements.length && inOrder && known
    ? null
    : 'a statement would come from nowhere';
}

/** Every statement that was there is unchanged, or narrowed as it may be, with a guard where it needs one. */
function statementsFault(
  before: Policy,
  after: Policy,
  origins: readonly Origin[],
  accountId: string,
): string | null {
  const texts = ({ document }: Policy) =>
    canonicalStatements(document).map((written) => canonicalJson(written));
  const [old, fresh] = [texts(before), texts(after)];
  for (const statement of before.statements) {
    const { index } = statement;
    const from = (kind: Origin['kind']) =>
      after.statements.filter((_, place) => origins[place]?.kind === kind && origins[place]?.index === index);
    const [now] = from('statement');
    const guards = from('guard');
    if (now !== undefined && guards.length === 0 && old[index] === fresh[now.index]) continue;
    const fault =
      narrowingFault(before, statement, now === undefined ? null : { policy: after, statement: now }) ??
      guardFault(before, statement, { now: now ?? null, guards, policy: after }, accountId);
    if (fault !== null) return fault;
  }
  return null;
}

/** Whoever no statement names gets to every administrative action; only so many are shut out as are named. */
function lockOutFault(after: Policy, owned: Owned, meter: Meter): string | null {
  const shut = Object.entries(readActions(after, owned, meter)).find(
    ([, { ordinaryGetIn }]) => !ordinaryGetIn,
  );
  return shut === undefined ? null : `principals of the account would still be shut out of ${shut[0]}`;
}
