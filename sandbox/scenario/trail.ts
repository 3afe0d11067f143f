import type { DeployedTable } from '../parts.ts';
import type { World } from '../world.ts';

/** An entry of the trail as the table holds it; its kind says what else is in it. */
export interface TrailItem {
  readonly requestId: string;
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The audit trail is the table with this key, whatever it is called. */
export function isTrail({ createTable }: DeployedTable): boolean {
  const { KeySchema } = createTable;
  const keys = [KeySchema].flat() as readonly { readonly AttributeName: string }[];
  return keys.map(({ AttributeName }) => AttributeName).join('/') === 'requestId/sequence';
}

/** All entries of the trail, in the order in which they were written. */
export async function trailOf(world: World): Promise<TrailItem[]> {
  const table = world.deployment.tables.find(isTrail);
  const items = table === undefined ? [] : ((await world.scanTable(table.name)) as TrailItem[]);
  return items.sort((a, b) => a.at.localeCompare(b.at) || a.sequence - b.sequence);
}
