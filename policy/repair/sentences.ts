import { listed, statementName } from '../words/lists.ts';
import type { Change } from './rewrite.ts';

/**
 * What was changed, a sentence for each. They go where the policy's text must not, so they hold nothing of it but the
 * places and Sids of statements and the names of administrative actions.
 */
export function sentencesOn(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const { guard, statement } = change;
    const said = narrowedSentence(change);
    if (guard === null) return [said];
    return [
      said,
      `A new statement (${guard}) keeps denying ${listed(change.taken)} to everybody outside the owner's account to whom ${statementName(statement)} denied it: an Allow of the policy grants it to some of them.`,
    ];
  });
}

function narrowedSentence({ actions, namesOnly, statement, taken }: Change): string {
  const name = statementName(statement);
  if (actions === null)
    return namesOnly
      ? `${name} is gone: of today's actions its patterns covered ${listed(taken)} and nothing else; what AWS adds later is no longer covered by them.`
      : `${name} is gone: it denied ${listed(taken)} and nothing else.`;
  const said = `${name} no longer covers ${listed(taken)}`;
  return namesOnly
    ? `${said}; it now names the other actions that its patterns covered, so actions that AWS adds later are no longer covered by them.`
    : `${said}; it covers every other action as before.`;
}
