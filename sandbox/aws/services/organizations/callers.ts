import type { Organization } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import type { Call } from '../../operation.ts';
import { isInOrganization, mayManageRoot } from '../../organization.ts';

/** The organization's structure is told to the management account and to delegated administrators only. */
export function checkMaySeeTheOrganization(organization: Organization, call: Call): void {
  checkIsInOrganization(organization, call);
  if (!mayManageRoot(organization, call.principal.accountId)) {
    throw new AwsError(400, 'AccessDeniedException', "You don't have permissions to access this resource.");
  }
}

export function checkIsInOrganization(organization: Organization, { principal }: Call): void {
  if (isInOrganization(organization, principal.accountId)) return;
  throw new AwsError(
    400,
    'AWSOrganizationsNotInUseException',
    'Your account is not a member of an organization.',
  );
}
