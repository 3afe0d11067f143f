import type { Service, Statement } from '../language.ts';
import { readConditions } from './conditions.ts';
import { readActions, readResources } from './patterns.ts';
import type { Place } from './place.ts';
import { readPrincipals } from './principals.ts';
import { checkNames, isMembers, kindOf, type Members, memberOf } from './shapes.ts';

/** The members of a statement. Source: IAM User Guide, "Grammar of the IAM JSON policy language". */
export const statementMembers = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/**
 * One statement. What is wrong is said at its place; null where too little is left. A Sid may come twice: AWS takes
 * that in policies of resources, and it changes nothing.
 */
export function readStatement(
  value: unknown,
  index: number,
  service: Service | null,
  place: Place,
): Statement | null {
  if (!isMembers(value)) return place.fault(`is ${kindOf(value)}: expected a statement, which is an object`);
  checkNames(value, statementMembers, 'a statement', place);
  const sid = readSid(memberOf(value, 'Sid'), place.member('Sid'));
  const effect = readEffect(value, place);
  const conditions = readConditions(memberOf(value, 'Condition'), place.member('Condition'));
  const principals = either(
    value,
    'Principal',
    'an identity policy has none, and as a resource policy AWS refuses it',
    place,
  );
  const actions = either(value, 'Action', 'AWS refuses it without', place);
  const resources = either(value, 'Resource', 'AWS refuses it without', place);
  const read = {
    principals: principals && readPrincipals(principals.value, principals.not, principals.place),
    actions: actions && readActions(actions.value, actions.not, service, actions.place),
    resources: resources && readResources(resources.value, resources.not, service, resources.place),
  };
  if (effect === null || read.principals === null || read.actions === null || read.resources === null)
    return null;
  return {
    index,
    sid,
    effect,
    principals: read.principals,
    actions: read.actions,
    resources: read.resources,
    conditions,
  };
}

function readSid(value: unknown, place: Place): string | null {
  if (value === undefined || value === '') return null;
  return typeof value === 'string' ? value : place.fault(`is ${kindOf(value)}: expected a text in quotes`);
}

function readEffect(statement: Members, place: Place): Statement['effect'] | null {
  const value = memberOf(statement, 'Effect');
  if (value === 'Allow' || value === 'Deny') return value;
  if (value === undefined) return place.fault('has no "Effect": expected "Allow" or "Deny"');
  return place.member('Effect').fault(`is ${kindOf(value)}: expected "Allow" or "Deny", in this spelling`);
}

interface Element {
  readonly value: unknown;
  readonly not: boolean;
  readonly place: Place;
}

/** The one of an element and its negation that is there. */
function either(statement: Members, name: string, without: string, place: Place): Element | null {
  const value = memberOf(statement, name);
  const negated = memberOf(statement, `Not${name}`);
  if (value !== undefined && negated !== undefined)
    return place.fault(`has both "${name}" and "Not${name}": expected one of the two`);
  if (value !== undefined) return { value, not: false, place: place.member(name) };
  if (negated !== undefined) return { value: negated, not: true, place: place.member(`Not${name}`) };
  return place.fault(`has no "${name}": ${without}. Add "${name}" or "Not${name}"`);
}
