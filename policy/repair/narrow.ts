import { reaches } from '../evaluate/statement.ts';
import type { Patterns, Service, Statement } from '../language.ts';
import { actionsOn } from '../service/actions.ts';
import { administrativeActions } from '../service/administration.ts';

/** What becomes of the Action or NotAction of a Deny, so that it leaves policy administration alone. */
export interface Narrowed {
  /** Null: it denied policy administration and nothing else. */
  readonly actions: Patterns | null;
  /** The administrative actions that it denied. */
  readonly taken: readonly string[];
  /** Whether a pattern was replaced by names: actions that AWS adds later are then no longer covered. */
  readonly namesOnly: boolean;
}

const covers = (pattern: string, action: string) =>
  reaches({ not: false, patterns: [pattern] }, action, 'action');

/** Whether a pattern stands for all actions of the service, those of later days too. */
export const isWhole = (pattern: string): boolean => /^(?:[a-z0-9]+:)?\*+$/i.test(pattern);

export const isLiteral = (pattern: string): boolean => !/[*?]/.test(pattern);

/** The administrative actions that a statement's Action or NotAction reach. */
export const administrativeIn = (service: Service, actions: Patterns): readonly string[] =>
  administrativeActions[service].filter((action) => reaches(actions, action, 'action'));

/**
 * The narrowest change to a statement's actions that leaves policy administration out of it. Names go from the list. A
 * pattern for everything becomes a NotAction, and a NotAction gets the names: both keep covering what AWS adds later.
 * Any other pattern can only be replaced by the names that it covers, for the language has no way to except one.
 */
export function narrow(service: Service, statement: Statement): Narrowed {
  const { actions, resources } = statement;
  const taken = administrativeIn(service, actions);
  if (actions.not) {
    return { actions: { not: true, patterns: [...actions.patterns, ...taken] }, taken, namesOnly: false };
  }
  if (actions.patterns.some(isWhole)) {
    return { actions: { not: true, patterns: taken }, taken, namesOnly: false };
  }
  const stays = (pattern: string) => !taken.some((action) => covers(pattern, action));
  const kept = actions.patterns.filter(stays);
  const named = new Set<string>();
  const patterns = actions.patterns.flatMap((pattern) => {
    if (stays(pattern)) return [pattern];
    if (isLiteral(pattern)) return [];
    return actionsOn(service, resources).filter((action) => {
      const needed =
        covers(pattern, action) &&
        !taken.includes(action) &&
        !named.has(action) &&
        !kept.some((other) => covers(other, action));
      if (needed) named.add(action);
      return needed;
    });
  });
  return {
    actions: patterns.length === 0 ? null : { not: false, patterns },
    taken,
    namesOnly: actions.patterns.some((pattern) => !stays(pattern) && !isLiteral(pattern)),
  };
}
