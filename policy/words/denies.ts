import type { Condition, Principals, Statement } from '../language.ts';
import { kindOfKey, type Surroundings } from '../search/keys.ts';
import { callersWith, isOnIdentity, namesIn } from './conditions.ts';
import { listed, statementName } from './lists.ts';

/** What one Deny does, in half a sentence: "Statement[0] (OnlyThePipeline) denies it to every principal but …". */
export function deniesWhom(statement: Statement, surroundings: Surroundings): string {
  return `${statementName(statement)} denies it to ${whom(statement, surroundings)}`;
}

/** Whom a Deny hits: who they are, and how they call. */
export function whom({ conditions, principals }: Statement, surroundings: Surroundings): string {
  const parts: string[] = [];
  const reasons: string[] = [];
  let who = whoIsMeant(principals, surroundings.accountId);
  for (const condition of conditions) {
    const { key, operator, values, writtenKey } = condition;
    const { kind } = kindOfKey(key, surroundings);
    if (isOnIdentity(condition) && operator !== 'Null') {
      who = operator.includes('Not')
        ? `${who} but ${namesIn(condition)}`
        : `${who} that is ${namesIn(condition)}`;
      if (takesStarForItself(condition))
        reasons.push(`${operator} takes * for itself and not for a wildcard, so that names nobody`);
    } else if (kind === 'absent' && operator !== 'Null') {
      who += ` unless ${writtenKey} says ${listed(values, 'or')}`;
      reasons.push(`a principal's own call never carries ${writtenKey}, and the condition holds without it`);
    } else {
      parts.push(`${callersWith(condition, true)}${kind === 'known' ? ', as every call does' : ''}`);
      if (kind !== 'network' && kind !== 'known' && holdsWithout(condition))
        reasons.push(`the condition also holds where ${writtenKey} is absent`);
    }
  }
  const how = parts.length === 0 ? '' : ` that calls ${parts.join(' and ')}`;
  const why = reasons.length === 0 ? '' : ` (${[...new Set(reasons)].join('; ')})`;
  return `${who}${how}${remarkOn(principals)}${why}`;
}

function takesStarForItself({ operator, values }: Condition): boolean {
  return /^String(Not)?Equals/.test(operator) && values.some((value) => value.includes('*'));
}

function holdsWithout({ ifExists, operator, set }: Condition): boolean {
  return (
    operator !== 'Null' && (ifExists || set === 'ForAllValues' || (operator.includes('Not') && set === null))
  );
}

function whoIsMeant({ aws, everyone, not }: Principals, accountId: string): string {
  if (everyone) return 'every principal';
  if (not) return 'every principal that its NotPrincipal does not spare';
  const names = namesOf(aws);
  const isWhole = aws.some((principal) => principal.kind === 'account' && principal.accountId === accountId);
  return isWhole ? `every principal of account ${accountId}` : listed(names) || 'nobody of the account';
}

/** What people get wrong about NotPrincipal. Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal". */
function remarkOn({ aws, not }: Principals): string {
  if (!not) return '';
  const sessions = aws.filter((principal) => principal.kind === 'session').map(({ roleName }) => roleName);
  const roles = aws.filter(({ kind }) => kind === 'role').flatMap((one) => ('arn' in one ? [one.arn] : []));
  const bare = roles.filter((arn) => !sessions.includes(arn.slice(arn.lastIndexOf('/') + 1)));
  const remarks = [`it names ${listed(namesOf(aws)) || 'nobody of an account'}`];
  if (bare.length > 0) remarks.push('a role named there does not spare its sessions');
  const hasAccount = aws.some(({ kind }) => kind === 'account');
  if (hasAccount) remarks.push('an account named there spares its root user and nobody else');
  else if (aws.some(({ kind }) => kind === 'user' || kind === 'session'))
    remarks.push('AWS advises to name the account too, or else it may deny those it spares');
  return ` (${remarks.join('; ')})`;
}

function namesOf(aws: Principals['aws']): string[] {
  return aws.map((principal) => {
    if (principal.kind === 'unique-id') return principal.id;
    return principal.kind === 'account' ? `account ${principal.accountId}` : principal.arn;
  });
}
