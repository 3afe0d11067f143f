import type { Patterns, Policy, Statement } from '../language.ts';
import { conditionHolds } from './condition.ts';
import { globMatches } from './glob.ts';
import { principalsMatch } from './principals.ts';
import type { Request } from './request.ts';

/**
 * Whether Action or Resource reach a text. Actions are compared without regard to case. A `*` in a resource goes beyond
 * colons (IAM User Guide, "IAM JSON policy elements: Resource"), and a variable may stand for anything: the
 * statement is taken to be about more rather than less, so an exception of NotResource with a variable excepts nothing.
 */
export function reaches(patterns: Patterns, text: string, how: 'action' | 'resource'): boolean {
  const covered = patterns.patterns.some((pattern) =>
    how === 'action'
      ? globMatches(pattern.toLowerCase(), text.toLowerCase())
      : globMatches(patterns.not ? pattern : pattern.replaceAll(/\$\{[^}]*\}/g, '*'), text),
  );
  return covered !== patterns.not;
}

/** Whether a statement, be it Allow or Deny, is about a request. `version`: that of its policy. */
export function statementMatches(
  statement: Statement,
  request: Request,
  version: Policy['version'],
): boolean {
  return (
    reaches(statement.actions, request.action, 'action') &&
    reaches(statement.resources, request.resource, 'resource') &&
    principalsMatch(statement.principals, request.caller) &&
    statement.conditions.every((condition) => conditionHolds(condition, request.context, version))
  );
}
