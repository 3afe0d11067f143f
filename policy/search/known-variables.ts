import type { Policy, Statement } from '../language.ts';
import { kindOfKey, type Surroundings } from './keys.ts';

/**
 * The same statements with those variables filled in that have the same value for every caller, as
 * `${aws:PrincipalAccount}` has. A value that has wildcards of its own is left as it is.
 */
export function withKnownVariables(
  statements: readonly Statement[],
  version: Policy['version'],
  surroundings: Surroundings,
): Statement[] {
  if (version === '2008-10-17') return [...statements];
  const filled = (value: string) =>
    value.replaceAll(/\$\{\s*([^},\s]+)\s*\}/g, (variable: string, key: string) => {
      const its = kindOfKey(key.toLowerCase(), surroundings);
      const [only = '*'] = its.kind === 'known' ? its.values : [];
      return /[*?$]/.test(only) ? variable : only;
    });
  return statements.map((statement) => ({
    ...statement,
    conditions: statement.conditions.map((condition) => ({
      ...condition,
      values: condition.values.map(filled),
    })),
  }));
}

/** Whether a value is another for every caller: it has a variable that is more than a character in disguise. */
export function isVariable(value: string, version: Policy['version']): boolean {
  return version === '2012-10-17' && value.replaceAll(/\$\{[*?$]\}/g, '').includes('${');
}
