import { matchesWildcard } from '../../../sandbox/wildcard.ts';
import { account, givenStack } from '../given-stack.ts';
import { outcomeOf, type Statement, simulated, statementsOf } from '../policies.ts';
import { type Attempt, attemptsOn } from './attempts.ts';
import { targetsIn } from './targets.ts';

export interface Matrix {
  /** What IAM lets each role do, a line each resource. */
  readonly allowed: ReadonlyMap<string, readonly string[]>;
  /** How often each action was decided; none was tried in vain. */
  readonly decided: ReadonlyMap<string, number>;
}

/** An action and a resource of another type: nothing to decide. */
const notTogether = new Set(['no.resource.types', 'must.use.wildcard']);

/** Has every role of the stack try everything, and says what IAM lets it do, resource policies included. */
export async function leastPrivilegeMatrix(): Promise<Matrix> {
  const given = givenStack('excludedAccount');
  const attempts = attemptsOn(targetsIn(given));
  const decided = new Map<string, number>();

  async function mayDo(role: string, { action, target, context }: Attempt): Promise<boolean> {
    const result = await simulated({
      principal: `arn:aws:iam::222222222222:role/${role}`,
      action,
      resource: target.arn,
      resourceAccount: target.account,
      resourcePolicy: target.policy,
      identity: statementsOf(given, role),
      context: { 'aws:PrincipalIsAWSService': 'false', ...context },
    });
    if (result.resultType === 'error' && notTogether.has(result.errors?.message ?? '')) return false;
    // An action that takes a resource, asked about all of them: the targets are asked about one by one.
    if (result.resultType === 'wildcard') return false;
    decided.set(action, (decided.get(action) ?? 0) + 1);
    return outcomeOf(result) === 'Allowed';
  }

  const roles = given.resources.filter(({ type }) => type === 'AWS::IAM::Role').map(({ name }) => name);
  const allowedOf = new Map<string, readonly string[]>();
  for (const [index, role] of roles.entries()) {
    const own = statementsOf(given, role);
    const allowed: Attempt[] = [];
    for (const attempt of attempts) {
      // The first role is asked about everything, so that each attempt is known to be one that can be decided.
      if ((index === 0 || couldBeAllowed(own, attempt)) && (await mayDo(role, attempt)))
        allowed.push(attempt);
    }
    allowedOf.set(role, linesOf(allowed));
  }
  for (const { action } of attempts) if (!decided.has(action)) decided.set(action, 0);
  return { allowed: allowedOf, decided };
}

/** What nothing allows is denied, and takes no simulation: in the same account the target's own policy may allow too. */
function couldBeAllowed(own: readonly Statement[], { action, target }: Attempt): boolean {
  const elsewhere = target.account !== account;
  const candidates = elsewhere ? own : [...own, ...(target.policy?.Statement ?? [])];
  return candidates.some(
    ({ Effect, Action }) =>
      Effect === 'Allow' &&
      (Action === undefined ||
        [Action].flat().some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()))),
  );
}

/** One line for each target: `table AuditTrail-Table: dynamodb:GetItem, dynamodb:PutItem`. */
function linesOf(allowed: readonly Attempt[]): string[] {
  const byTarget = Map.groupBy(allowed, ({ target }) => target.label);
  return [...byTarget]
    .map(([label, attempts]) => {
      const actions = attempts.map(({ action, how }) => (how === undefined ? action : `${action} ${how}`));
      return `${label}: ${[...new Set(actions)].sort().join(', ')}`;
    })
    .sort();
}
