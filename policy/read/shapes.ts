import { type Place, quoted } from './place.ts';

export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is the object's own: a policy may call one `constructor`. Undefined where there is none. */
export function memberOf(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** What a value is, for a message about a value that should have been something else. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${quoted(value)}`;
  if (!isMembers(value)) return `the ${typeof value} ${quoted(String(value))}`;
  const [name = ''] = Object.keys(value);
  return name === 'Ref' || name.startsWith('Fn::')
    ? 'a reference of CloudFormation that was not filled in'
    : 'an object';
}

/** One value or a list of values. Null, and said, for an empty list. Source: IAM User Guide, "Grammar": one or more. */
export function listOf(value: unknown, place: Place): readonly (readonly [unknown, Place])[] | null {
  if (!Array.isArray(value)) return [[value, place]];
  if (value.length === 0) return place.fault('is an empty list: expected at least one value');
  return value.map((item: unknown, index) => [item, place.item(index)] as const);
}

/** Says of each member that AWS does not know. Names are compared as they are written: AWS takes no other case. */
export function checkNames(members: Members, known: readonly string[], what: string, place: Place): void {
  for (const name of Object.keys(members)) {
    if (known.includes(name)) continue;
    const meant = known.find((one) => plain(one) === plain(name));
    const remedy = meant === undefined ? `expected one of ${known.join(', ')}` : `write "${meant}"`;
    place.member(name).fault(`is no member of ${what}, and AWS refuses it: ${remedy}`);
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/s$/, '');
}
