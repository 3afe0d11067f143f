import { canonicalJson } from '../../../contract/canonical-json.ts';
import { reaches } from '../../evaluate/statement.ts';
import type { Patterns, Policy, Statement } from '../../language.ts';
import { actionsOn } from '../../service/actions.ts';
import { administrativeActions } from '../../service/administration.ts';
import { canonicalStatements } from '../document.ts';
import { isLiteral, isWhole } from '../narrow.ts';

interface Place {
  readonly policy: Policy;
  readonly statement: Statement;
}

/**
 * Why a statement may not become another one; null where it may. `after` null: it is gone. It may if it is a Deny of
 * which nothing changed but its actions, if these cover nothing more than before, and if all that they no longer cover
 * is policy administration. What AWS adds later stays covered, save by a pattern that had to be replaced by names.
 */
export function narrowingFault(before: Policy, statement: Statement, after: Place | null): string | null {
  const place = `Statement[${statement.index}]`;
  if (statement.effect !== 'Deny') return `${place} is no Deny, and would change`;
  if (after !== null && besidesActions({ policy: before, statement }) !== besidesActions(after))
    return `${place} would change in more than its actions`;
  const { actions, resources } = statement;
  const administrative = administrativeActions[before.service];
  const none: Patterns = { not: false, patterns: [] };
  const now = after === null ? none : after.statement.actions;
  const known = actionsOn(before.service, resources);
  const lost = known.filter(
    (action) => reaches(actions, action, 'action') && !reaches(now, action, 'action'),
  );
  if (!lost.every((action) => administrative.includes(action)))
    return `${place} would let in to more than policy administration`;
  return isOfSameShape(actions, now, administrative)
    ? null
    : `${place} would cover other actions than before`;
}

/**
 * Whether the new list can be derived from the old one for every action there is or will be. For all actions but some,
 * only administrative ones join those. For a list, each new entry was there or is one name that the old list covers;
 * what is no longer there was about policy administration, and was no pattern for everything.
 */
function isOfSameShape(before: Patterns, after: Patterns, administrative: readonly string[]): boolean {
  const isAdministrative = (name: string) => administrative.includes(name);
  if (before.not || before.patterns.some(isWhole)) {
    const excepted = before.not ? before.patterns : [];
    return (
      after.not &&
      excepted.every((pattern) => after.patterns.includes(pattern)) &&
      after.patterns.every((pattern) => excepted.includes(pattern) || isAdministrative(pattern))
    );
  }
  const isCovered = (entry: string) =>
    before.patterns.includes(entry) || (isLiteral(entry) && reaches(before, entry, 'action'));
  const gone = before.patterns.filter((entry) => !after.patterns.includes(entry));
  return (
    !after.not &&
    after.patterns.every(isCovered) &&
    gone.every((entry) =>
      administrative.some((action) => reaches({ not: false, patterns: [entry] }, action, 'action')),
    )
  );
}

/** The statement without its actions, in canonical form. */
function besidesActions({ policy, statement }: Place): string {
  const { Action: _, NotAction: __, ...rest } = canonicalStatements(policy.document)[statement.index] ?? {};
  return canonicalJson(rest);
}
