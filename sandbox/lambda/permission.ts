import type { DeployedFunction } from '../parts.ts';
import { matchesWildcard } from '../wildcard.ts';

/** Do the function's own permissions (AWS::Lambda::Permission) let this principal invoke it? */
export function permitsInvoke(fn: DeployedFunction, principal: string, sourceArn: string | null): boolean {
  return fn.permissions.some(
    (permission) =>
      ['lambda:InvokeFunction', 'lambda:*'].includes(permission.action) &&
      permission.principal === principal &&
      (permission.sourceArn === null ||
        (sourceArn !== null && matchesWildcard(permission.sourceArn, sourceArn))),
  );
}
