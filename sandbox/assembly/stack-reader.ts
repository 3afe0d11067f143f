import { AssemblyError } from './assembly-error.ts';
import { type Identity, identityOf } from './identities.ts';
import { type Lookups, noValue, resolveIntrinsics } from './intrinsics.ts';
import { generatedUuid, type StackPlace, urlSuffix } from './stack-names.ts';
import type { Template, TemplateResource } from './template.ts';

/** A resource of the stack, every intrinsic resolved. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly ref: string;
  /** An attribute that this resource is known to have, its ARN for one. */
  attribute(name: string): string;
}

function pseudoParameters(place: StackPlace): Readonly<Record<string, unknown>> {
  const stackId = generatedUuid(place, 'stack');
  return {
    'AWS::AccountId': place.accountId,
    'AWS::Region': place.region,
    'AWS::Partition': place.partition,
    'AWS::StackName': place.stackName,
    'AWS::StackId': `arn:${place.partition}:cloudformation:${place.region}:${place.accountId}:stack/${place.stackName}/${stackId}`,
    'AWS::URLSuffix': urlSuffix(place.partition),
    'AWS::NoValue': noValue,
  };
}

/** The properties that names are made of; resolving only these keeps policies that name each other from looping. */
function namingProperties(resource: TemplateResource): Record<string, unknown> {
  const names = Object.entries(resource.Properties).filter(([key]) => /Name$|^Path$/.test(key));
  return Object.fromEntries(names);
}

/** Resolves the resources of a template; those whose condition is false are left out. */
export function resolveResources(template: Template, place: StackPlace): ResolvedResource[] {
  const identities = new Map<string, { readonly name: string; readonly identity: Identity } | null>();
  const pseudo = pseudoParameters(place);

  function identify(logicalId: string) {
    const known = identities.get(logicalId);
    if (known !== undefined) return known;
    const resource = template.Resources[logicalId];
    if (resource === undefined || !exists(resource)) return null;
    const where = { logicalId, type: resource.Type };
    const properties = resolveIntrinsics(namingProperties(resource), lookups, where);
    const identity = identityOf(place, logicalId, resource.Type, properties as Record<string, unknown>);
    identities.set(logicalId, identity);
    return identity;
  }

  const lookups: Lookups = {
    ref: (name) =>
      Object.hasOwn(pseudo, name)
        ? pseudo[name]
        : (template.Parameters[name]?.Default ?? identify(name)?.identity.ref),
    attribute: (logicalId, attribute) => identify(logicalId)?.identity.attributes[attribute],
    mapping: (map, first, second) => template.Mappings[map]?.[first]?.[second],
    condition: (name) => {
      const condition = template.Conditions[name];
      if (condition === undefined) return undefined;
      return resolveIntrinsics(condition, lookups, { logicalId: name, type: 'Condition' }) === true;
    },
  };

  function exists(resource: TemplateResource): boolean {
    return resource.Condition === undefined || lookups.condition(resource.Condition) === true;
  }

  return Object.entries(template.Resources)
    .filter(([, resource]) => exists(resource))
    .map(([logicalId, resource]) => {
      const where = { logicalId, type: resource.Type };
      const found = identify(logicalId);
      return {
        ...where,
        name: found?.name ?? logicalId,
        properties: resolveIntrinsics(resource.Properties, lookups, where) as Record<string, unknown>,
        metadata: resource.Metadata,
        ref: found?.identity.ref ?? logicalId,
        attribute: (name) => {
          const value = found?.identity.attributes[name];
          if (value === undefined)
            throw new AssemblyError(where, `the sandbox knows no attribute ${name} of it`);
          return value;
        },
      };
    });
}
