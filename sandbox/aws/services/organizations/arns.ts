import type { Organization } from '../../../parts.ts';
import { organizationId } from '../../organization.ts';

/** ARNs of an organization's parts name its management account. */
export function accountArn(organization: Organization, accountId: string): string {
  return `${prefix(organization)}account/${organizationId}/${accountId}`;
}

export function organizationArn(organization: Organization): string {
  return `${prefix(organization)}organization/${organizationId}`;
}

/** Of the root or of an organizational unit, by what its id begins with. */
export function parentArn(organization: Organization, parentId: string): string {
  const kind = parentId.startsWith('r-') ? 'root' : 'ou';
  return `${prefix(organization)}${kind}/${organizationId}/${parentId}`;
}

function prefix({ managementAccountId }: Organization): string {
  return `arn:aws:organizations::${managementAccountId}:`;
}
