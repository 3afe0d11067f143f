import type { Fault } from '../../contract/faults.ts';
import type { Scenario } from './schema.ts';

/** Units that are named and not there, and units that are below themselves. */
export function faultsOfUnits({ accounts, organizationalUnits = [] }: Scenario['organization']): Fault[] {
  const units = new Map<string, string | undefined>(
    organizationalUnits.map(({ id, parentId }) => [id, parentId]),
  );
  const unknown = (id: string | undefined, path: string) =>
    id === undefined || units.has(id)
      ? []
      : [{ path: `organization.${path}`, message: `expected a unit of the organization; found ${id}` }];
  return [
    ...accounts.flatMap(({ organizationalUnitId }, index) =>
      unknown(organizationalUnitId, `accounts[${index}].organizationalUnitId`),
    ),
    ...organizationalUnits.flatMap(({ parentId }, index) =>
      unknown(parentId, `organizationalUnits[${index}].parentId`),
    ),
    ...organizationalUnits.flatMap(({ id }, index) =>
      isBelowItself(id, units)
        ? [
            {
              path: `organization.organizationalUnits[${index}].parentId`,
              message: `expected a unit above it; found ${id} below itself`,
            },
          ]
        : [],
    ),
  ];
}

function isBelowItself(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const above = new Set<string>();
  for (let parent = parents.get(id); parent !== undefined; parent = parents.get(parent)) {
    if (parent === id) return true;
    if (above.has(parent)) return false;
    above.add(parent);
  }
  return false;
}
