import { AssemblyError } from './assembly-error.ts';
import { resolveSub } from './intrinsic-sub.ts';

/** The resource whose text is being resolved: every error names it. */
export interface Place {
  readonly logicalId: string;
  readonly type: string;
}

/** What an intrinsic may look up; a lookup that finds nothing answers undefined and becomes an error here. */
export interface Lookups {
  ref(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  mapping(map: string, first: string, second: string): unknown;
  /** Truth of a named condition. */
  condition(name: string): boolean | undefined;
}

/** Stands for AWS::NoValue while a document is resolved: the property that holds it is left out. */
export const noValue = Symbol('AWS::NoValue');

type Intrinsic = (
  argument: unknown,
  resolve: (value: unknown) => unknown,
  lookups: Lookups,
  place: Place,
) => unknown;

function wrong(place: Place, intrinsic: string, argument: unknown): AssemblyError {
  return new AssemblyError(place, `${intrinsic} cannot be resolved: ${JSON.stringify(argument)}`);
}

function listOf(argument: unknown, length: number, intrinsic: string, place: Place): unknown[] {
  if (Array.isArray(argument) && argument.length === length) return argument;
  throw wrong(place, intrinsic, argument);
}

function found(value: unknown, intrinsic: string, argument: unknown, place: Place): unknown {
  if (value === undefined) throw wrong(place, intrinsic, argument);
  return value;
}

function truth(value: unknown, place: Place): boolean {
  if (typeof value === 'boolean') return value;
  throw new AssemblyError(place, `a condition is neither true nor false: ${JSON.stringify(value)}`);
}

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, _resolve, lookups, place) => found(lookups.ref(String(name)), 'Ref', name, place),
  'Fn::GetAtt': (argument, _resolve, lookups, place) => {
    const [logicalId, attribute] =
      typeof argument === 'string' ? argument.split(/\.(.*)/s) : listOf(argument, 2, 'Fn::GetAtt', place);
    return found(lookups.attribute(String(logicalId), String(attribute)), 'Fn::GetAtt', argument, place);
  },
  'Fn::Join': (argument, resolve, _lookups, place) => {
    const [delimiter, parts] = listOf(argument, 2, 'Fn::Join', place);
    const values = resolve(parts);
    if (!Array.isArray(values) || values.some((value) => typeof value === 'object')) {
      throw wrong(place, 'Fn::Join', argument);
    }
    return values.join(String(delimiter));
  },
  'Fn::Sub': (argument, resolve, lookups, place) => resolveSub(argument, resolve, lookups, place),
  'Fn::Select': (argument, resolve, _lookups, place) => {
    const [index, list] = listOf(argument, 2, 'Fn::Select', place);
    const values = resolve(list);
    if (!Array.isArray(values)) throw wrong(place, 'Fn::Select', argument);
    return found(values[Number(resolve(index))], 'Fn::Select', argument, place);
  },
  'Fn::Split': (argument, resolve, _lookups, place) => {
    const [delimiter, text] = listOf(argument, 2, 'Fn::Split', place);
    return String(resolve(text)).split(String(delimiter));
  },
  'Fn::FindInMap': (argument, resolve, lookups, place) => {
    const [map, first, second] = listOf(argument, 3, 'Fn::FindInMap', place).map((key) =>
      String(resolve(key)),
    );
    const value = lookups.mapping(map ?? '', first ?? '', second ?? '');
    return found(value, 'Fn::FindInMap', argument, place);
  },
  'Fn::If': (argument, resolve, lookups, place) => {
    const [name, whenTrue, whenFalse] = listOf(argument, 3, 'Fn::If', place);
    return resolve(found(lookups.condition(String(name)), 'Fn::If', argument, place) ? whenTrue : whenFalse);
  },
  'Fn::Equals': (argument, resolve, _lookups, place) => {
    const [a, b] = listOf(argument, 2, 'Fn::Equals', place).map(resolve);
    return String(a) === String(b);
  },
  'Fn::And': (argument, resolve, _lookups, place) =>
    Array.isArray(argument) && argument.every((part) => truth(resolve(part), place)),
  'Fn::Or': (argument, resolve, _lookups, place) =>
    Array.isArray(argument) && argument.some((part) => truth(resolve(part), place)),
  'Fn::Not': (argument, resolve, _lookups, place) =>
    !truth(resolve(listOf(argument, 1, 'Fn::Not', place)[0]), place),
};

/** `{"Ref": …}`, `{"Fn::…": …}`: the one key of an object that is an intrinsic. */
function intrinsicKey(value: object): string | undefined {
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key !== undefined && /^(?:Ref|Fn::.*)$/.test(key) ? key : undefined;
}

/** A value with every intrinsic in it replaced. An intrinsic that is not known is an error. */
export function resolveIntrinsics(value: unknown, lookups: Lookups, place: Place): unknown {
  const resolve = (inner: unknown): unknown => resolveIntrinsics(inner, lookups, place);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(resolve).filter((item) => item !== noValue);
  const key = intrinsicKey(value);
  if (key !== undefined) {
    const intrinsic = intrinsics[key];
    if (intrinsic === undefined)
      throw new AssemblyError(place, `the sandbox does not know the intrinsic ${key}`);
    return intrinsic(Reflect.get(value, key), resolve, lookups, place);
  }
  const members = Object.entries(value).map(([name, member]) => [name, resolve(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== noValue));
}
