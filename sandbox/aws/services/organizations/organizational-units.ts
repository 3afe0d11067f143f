import type { Organization, OrganizationalUnit } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import { type Backstage, type Operation, plainResource } from '../../operation.ts';
import { organizationRootId } from '../../organization.ts';
import { parentArn } from './arns.ts';
import { checkMaySeeTheOrganization } from './callers.ts';
import { page } from './pages.ts';
import { existingParent, onParent, unitIdPattern } from './parents.ts';
import { matching, organizationsWire } from './wire.ts';

export function listOrganizationalUnitsForParent({ organization }: Backstage): Operation {
  return {
    ...onParent(organization, 'organizations:ListOrganizationalUnitsForParent'),
    respond(call) {
      checkMaySeeTheOrganization(organization, call);
      const parentId = existingParent(organization, call);
      const children = (organization.organizationalUnits ?? []).filter(
        (unit) => (unit.parentId ?? organizationRootId) === parentId,
      );
      const { items, rest } = page(call, children);
      return organizationsWire.success({
        OrganizationalUnits: items.map((unit) => described(organization, unit)),
        ...rest,
      });
    },
  };
}

export function describeOrganizationalUnit({ organization }: Backstage): Operation {
  const unitArn = (id: string) => parentArn(organization, id);
  return {
    resource: ({ input }) => unitArn(String(input.OrganizationalUnitId)),
    permissions: (call) => [
      {
        action: 'organizations:DescribeOrganizationalUnit',
        resource: plainResource(
          unitArn(matching(call, 'OrganizationalUnitId', unitIdPattern)),
          call.principal.accountId,
        ),
      },
    ],
    respond(call) {
      checkMaySeeTheOrganization(organization, call);
      const unit = organization.organizationalUnits?.find(({ id }) => id === call.input.OrganizationalUnitId);
      if (unit === undefined) {
        throw new AwsError(
          400,
          'OrganizationalUnitNotFoundException',
          "You specified an organizational unit that doesn't exist.",
        );
      }
      return organizationsWire.success({ OrganizationalUnit: described(organization, unit) });
    },
  };
}

function described(organization: Organization, { id, name }: OrganizationalUnit) {
  return { Id: id, Arn: parentArn(organization, id), Name: name };
}
