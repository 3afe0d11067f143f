import type { Organization } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import { type Backstage, type Call, type Operation, plainResource } from '../../operation.ts';
import { findAccount, isInOrganization, organizationRootId } from '../../organization.ts';
import { accountArn, parentArn } from './arns.ts';
import { checkMaySeeTheOrganization } from './callers.ts';
import { matching, organizationsWire } from './wire.ts';

/** ListRoots: an organization has one. */
export function listRoots({ organization }: Backstage): Operation {
  return {
    resource: () => '*',
    permissions: ({ principal }) => [
      { action: 'organizations:ListRoots', resource: plainResource('*', principal.accountId) },
    ],
    respond(call) {
      checkMaySeeTheOrganization(organization, call);
      return organizationsWire.success({
        Roots: [
          {
            Id: organizationRootId,
            Arn: parentArn(organization, organizationRootId),
            Name: 'Root',
            PolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
          },
        ],
      });
    },
  };
}

/** ListParents: an account and a unit have one. */
export function listParents({ organization }: Backstage): Operation {
  return {
    resource: ({ input }) => childArn(organization, String(input.ChildId)),
    permissions: (call) => [
      {
        action: 'organizations:ListParents',
        resource: plainResource(childArn(organization, childIdOf(call)), call.principal.accountId),
      },
    ],
    respond(call) {
      checkMaySeeTheOrganization(organization, call);
      const parentId = parentOf(organization, childIdOf(call));
      const Type = parentId === organizationRootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT';
      return organizationsWire.success({ Parents: [{ Id: parentId, Type }] });
    },
  };
}

function parentOf(organization: Organization, childId: string): string {
  const unit = organization.organizationalUnits?.find(({ id }) => id === childId);
  if (unit !== undefined) return unit.parentId ?? organizationRootId;
  if (isInOrganization(organization, childId)) {
    return findAccount(organization, childId)?.organizationalUnitId ?? organizationRootId;
  }
  throw new AwsError(
    400,
    'ChildNotFoundException',
    "We can't find an organizational unit (OU) or AWS account with the ChildId that you specified.",
  );
}

function childIdOf(call: Call): string {
  return matching(call, 'ChildId', /^(?:\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{4,32})$/);
}

function childArn(organization: Organization, childId: string): string {
  return childId.startsWith('ou-') ? parentArn(organization, childId) : accountArn(organization, childId);
}
