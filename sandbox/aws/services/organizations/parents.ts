import type { Organization } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import { type Call, type Operation, plainResource } from '../../operation.ts';
import { organizationRootId } from '../../organization.ts';
import { parentArn } from './arns.ts';
import { matching } from './wire.ts';

export const unitIdPattern = /^ou-[0-9a-z]{4,32}-[0-9a-z]{4,32}$/;
const parentIdPattern = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{4,32})$/;

/** What a list of a parent's children needs: the action on that parent. */
export function onParent(
  organization: Organization,
  action: string,
): Pick<Operation, 'resource' | 'permissions'> {
  return {
    resource: ({ input }) => parentArn(organization, String(input.ParentId)),
    permissions: (call) => [
      {
        action,
        resource: plainResource(parentArn(organization, parentIdOf(call)), call.principal.accountId),
      },
    ],
  };
}

/** The parent that a call names. Throws where there is none of that id. */
export function existingParent({ organizationalUnits = [] }: Organization, call: Call): string {
  const parentId = parentIdOf(call);
  if (parentId === organizationRootId || organizationalUnits.some(({ id }) => id === parentId))
    return parentId;
  throw new AwsError(
    400,
    'ParentNotFoundException',
    "We can't find a root or OU with the ParentId that you specified.",
  );
}

function parentIdOf(call: Call): string {
  return matching(call, 'ParentId', parentIdPattern);
}
