import { jsonTokens } from '../json-tokens.ts';
import { JsonNumber } from './json-number.ts';

export type FieldValue = string | JsonNumber | boolean | null;

/** By the number of each array around a leaf: the index of the element that the leaf is in. */
export type Elements = ReadonlyMap<number, number>;

/**
 * One leaf of an event: the keys to it joined with dots, and its value. Only leaves count: an empty array or object is
 * as good as absent. Source: aws/event-ruler, Event, Path and ArrayMembership.
 */
export interface EventField {
  readonly path: string;
  readonly value: FieldValue;
  readonly elements: Elements;
}

/** The leaves of an event by their path. */
export type EventFields = ReadonlyMap<string, readonly EventField[]>;

/** An object or array that a token is in. */
interface ObjectAround {
  /** Null for the event itself. */
  readonly path: string | null;
  /** The key whose value comes next; null before a key. */
  key: string | null;
}

interface ArrayAround {
  readonly path: string | null;
  readonly array: number;
  index: number;
}

type Around = ObjectAround | ArrayAround;

/**
 * Reads the text of a JSON object, which is known to be JSON. A key given twice counts twice, as for EventBridge. Any
 * depth is read without recursion.
 */
export function readEventFields(json: string): EventFields {
  const fields: EventField[] = [];
  const around: Around[] = [];
  let arrays = 0;

  for (const text of jsonTokens(json)) {
    const inside = around.at(-1);
    switch (text) {
      case '{':
        around.push({ path: pathIn(inside), key: null });
        break;
      case '[':
        around.push({ path: pathIn(inside), array: arrays++, index: 0 });
        break;
      case '}':
      case ']':
        around.pop();
        break;
      case ',':
        if (inside !== undefined && 'array' in inside) inside.index += 1;
        else if (inside !== undefined) inside.key = null;
        break;
      case ':':
        break;
      default:
        if (inside !== undefined && 'key' in inside && inside.key === null) inside.key = JSON.parse(text);
        else
          fields.push({ path: pathIn(inside) ?? '', elements: elementsIn(around), value: fieldValue(text) });
    }
  }
  return Map.groupBy(fields, ({ path }) => path);
}

/** The path of a value in an object or array. */
function pathIn(inside: Around | undefined): string | null {
  if (inside === undefined || 'array' in inside) return inside?.path ?? null;
  return inside.path === null ? inside.key : `${inside.path}.${inside.key}`;
}

/** A text or number that is itself an element of the innermost array belongs to none of its elements. */
function elementsIn(around: readonly Around[]): Elements {
  const arrays = around
    .slice(0, -1)
    .flatMap((one): [number, number][] => ('array' in one ? [[one.array, one.index]] : []));
  return new Map(arrays);
}

function fieldValue(token: string): FieldValue {
  const value: string | number | boolean | null = JSON.parse(token);
  return typeof value === 'number' ? new JsonNumber(token) : value;
}
