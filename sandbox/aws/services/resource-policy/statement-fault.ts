import { actionsNamed } from './actions.ts';
import { conditionKeysIn, isKeyOfActions, isKeyOfService, unknownOperatorIn } from './conditions.ts';
import { hasPrincipals } from './principals.ts';

/** Why a service does not take a statement of a policy that is put on a resource. */
export type StatementFault =
  | { readonly kind: 'missing'; readonly field: 'Principal' | 'Action' | 'Resource' }
  | { readonly kind: 'condition operator'; readonly operator: string }
  | {
      readonly kind:
        | 'principal'
        | 'action'
        | 'resource'
        | 'action without resource'
        | 'condition key'
        | 'condition without action';
    };

/** The resource that a policy is put on, and what its statements can be about. */
export interface PolicyTarget {
  readonly service: 's3' | 'sqs';
  readonly partition: string;
  /** The types of resource that a pattern of the Resource element reaches; none for what is not this resource. */
  typesReachedBy(pattern: string): readonly string[];
  readonly needsResource: boolean;
}

/** The first fault of a statement, in the order in which S3 was seen to look; undefined where it is taken. */
export async function statementFault(
  statement: Readonly<Record<string, unknown>>,
  target: PolicyTarget,
): Promise<StatementFault | undefined> {
  if (!('Principal' in statement || 'NotPrincipal' in statement))
    return { kind: 'missing', field: 'Principal' };
  if (!hasPrincipals(statement, target.partition)) return { kind: 'principal' };
  return (await faultOfActions(statement, target)) ?? faultOfConditions(statement, target);
}

async function faultOfActions(
  statement: Readonly<Record<string, unknown>>,
  { service, typesReachedBy, needsResource }: PolicyTarget,
): Promise<StatementFault | undefined> {
  const patterns = texts(statement.Action ?? statement.NotAction);
  if (patterns.length === 0) return { kind: 'missing', field: 'Action' };
  const named = await Promise.all(patterns.map((pattern) => actionsNamed(service, pattern)));
  if (named.some(({ length }) => length === 0)) return { kind: 'action' };
  const stated = texts(statement.Resource ?? statement.NotResource);
  if (stated.length === 0 && needsResource) return { kind: 'missing', field: 'Resource' };
  const resources = stated.length === 0 ? ['*'] : stated;
  const reached = resources.map(typesReachedBy);
  if (reached.some(({ length }) => length === 0)) return { kind: 'resource' };
  if ('NotAction' in statement || 'NotResource' in statement) return undefined;
  const types = new Set(reached.flat());
  const fits = named.every((actions) =>
    actions.some(({ resourceTypes }) => resourceTypes.some((type) => types.has(type))),
  );
  return fits ? undefined : { kind: 'action without resource' };
}

async function faultOfConditions(
  { Condition: condition, ...statement }: Readonly<Record<string, unknown>>,
  { service }: PolicyTarget,
): Promise<StatementFault | undefined> {
  const operator = unknownOperatorIn(condition);
  if (operator !== undefined) return { kind: 'condition operator', operator };
  for (const key of conditionKeysIn(condition)) {
    if (!(await isKeyOfService(service, key))) return { kind: 'condition key' };
    for (const pattern of texts(statement.Action)) {
      if (!isKeyOfActions(await actionsNamed(service, pattern), key))
        return { kind: 'condition without action' };
    }
  }
  return undefined;
}

function texts(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}
