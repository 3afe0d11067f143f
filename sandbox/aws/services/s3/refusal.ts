import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Permission } from '../../operation.ts';
import { isInOrganization } from '../../organization.ts';

/** How S3 refuses a caller what it asks of a resource of this owner. */
export function refusalFor(
  { organization }: Backstage,
  call: Call,
  { arn, accountId }: Permission['resource'],
): (message: string) => AwsError {
  const tells = tellsReason(organization, call, accountId);
  return (message) => new AwsError(403, 'AccessDenied', tells ? quoted(message, arn) : 'Access Denied');
}

/** Only to callers of the same account or organization does S3 tell why. */
function tellsReason(organization: Backstage['organization'], { principal }: Call, ownerId: string): boolean {
  return (
    principal.accountId === ownerId ||
    (isInOrganization(organization, principal.accountId) && isInOrganization(organization, ownerId))
  );
}

/** S3 puts the ARN into quotes where other services do not. */
function quoted(message: string, arn: string): string {
  return message.replace(`resource: ${arn}`, `resource: "${arn}"`);
}
