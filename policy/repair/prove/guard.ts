import { canonicalJson } from '../../../contract/canonical-json.ts';
import { reaches } from '../../evaluate/statement.ts';
import type { Condition, Policy, Statement } from '../../language.ts';
import { administrativeActions } from '../../service/administration.ts';
import { canonicalStatements } from '../document.ts';
import { keepsOutsidersOut } from '../outsiders.ts';

/** What became of a statement: null where it is gone, and what was put in for it. */
interface Result {
  readonly policy: Policy;
  readonly now: Statement | null;
  readonly guards: readonly Statement[];
}

/**
 * Why what a narrowed statement was put in for does not do; null where it does. It has to deny nothing that the old one
 * did not deny, so it shuts nobody out; and where the old one kept somebody outside the account from policy
 * administration that an Allow grants, it has to deny all that to everybody outside whom the old one kept out.
 */
export function guardFault(
  before: Policy,
  old: Statement,
  { guards, now, policy }: Result,
  accountId: string,
): string | null {
  const place = `Statement[${old.index}]`;
  const administrative = administrativeActions[before.service];
  if (!guards.every((guard) => isPartOf(policy, guard, before, old, administrative, accountId)))
    return `what would be put in for ${place} is more than a part of it`;
  const taken = administrative.filter(
    (action) =>
      reaches(old.actions, action, 'action') && (now === null || !reaches(now.actions, action, 'action')),
  );
  const open = taken.filter((action) => !guards.some((guard) => reaches(guard.actions, action, 'action')));
  return keepsOutsidersOut(before, old, open, accountId)
    ? `others than the account's own principals would be let in by ${place}`
    : null;
}

/** The old statement for outsiders only, and for administrative actions only that it covered. */
function isPartOf(
  policy: Policy,
  guard: Statement,
  before: Policy,
  old: Statement,
  administrative: readonly string[],
  accountId: string,
): boolean {
  return (
    guard.effect === 'Deny' &&
    guard.sid !== null &&
    policy.statements.every(({ index, sid }) => index === guard.index || sid !== guard.sid) &&
    !guard.actions.not &&
    guard.actions.patterns.every(
      (action) => administrative.includes(action) && reaches(old.actions, action, 'action'),
    ) &&
    ofWhomAndWhat(policy, guard) === ofWhomAndWhat(before, old) &&
    isSameForOutsiders(old.conditions, guard.conditions, accountId)
  );
}

/** All members but those that a guard has of its own. */
function ofWhomAndWhat({ document }: Policy, { index }: Statement): string {
  const own = canonicalStatements(document)[index] ?? {};
  const { Sid: _, Action: __, NotAction: ___, Condition: ____, ...rest } = own;
  return canonicalJson(rest);
}

/** Whether it is this condition: the account of the caller is none of these, or there is none. */
const isOnAccount = ({ ifExists, key, operator, set }: Condition) =>
  operator === 'StringNotEquals' && !ifExists && set === null && key === 'aws:principalaccount';

/** Whether the new conditions are the old ones and, besides, that the caller is not of the account: no more, no less. */
function isSameForOutsiders(
  before: readonly Condition[],
  after: readonly Condition[],
  accountId: string,
): boolean {
  const others = (conditions: readonly Condition[]) =>
    canonicalJson(
      conditions
        .filter((condition) => !isOnAccount(condition))
        .map((condition) => canonicalJson(condition))
        .sort(),
    );
  const accounts = (conditions: readonly Condition[], ...more: readonly string[]) =>
    [...new Set([...conditions.filter(isOnAccount).flatMap(({ values }) => values), ...more])].sort();
  return (
    others(before) === others(after) && accounts(before, accountId).join('\n') === accounts(after).join('\n')
  );
}
