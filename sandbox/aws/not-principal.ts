import type { PolicyDocument } from '../parts.ts';
import type { Principal } from './principals.ts';
import { isRecord } from './wire/json.ts';

const role = /^arn:[a-z-]+:iam::\d{12}:role\//;
const account = /^(?:\d{12}|arn:[a-z-]+:iam::\d{12}:root)$/;

/**
 * The policy with only those left in NotPrincipal who spare this caller. The library lets a role there spare its sessions,
 * and an account everybody in it; AWS goes by the caller: "The assumed-role user is identified by the role session name",
 * and of an account only the root user is named by it. Source: IAM User Guide, "AWS JSON policy elements: NotPrincipal".
 */
export function withNotPrincipalOf(principal: Principal, policy: PolicyDocument): PolicyDocument {
  const isRoot = principal.principalArn.endsWith(':root');
  const spares = (named: unknown) =>
    typeof named !== 'string' || !(role.test(named) || (account.test(named) && !isRoot));
  const statements = [policy.Statement].flat().map((statement) => {
    if (!isRecord(statement) || !isRecord(statement.NotPrincipal)) return statement;
    const { NotPrincipal, ...others } = statement;
    const left = Object.entries(NotPrincipal)
      .map(([kind, named]) => [kind, [named].flat().filter((one) => kind !== 'AWS' || spares(one))] as const)
      .filter(([, named]) => named.length > 0);
    return left.length === 0
      ? { ...others, Principal: '*' }
      : { ...others, NotPrincipal: Object.fromEntries(left) };
  });
  return { ...policy, Statement: statements };
}
