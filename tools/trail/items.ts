import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { UnreadableError } from './unreadable.ts';

/**
 * The items in a text: a JSON array of entries, an object with `trail` (what the sandbox answers), the answer of a Scan
 * or Query (`Items`), or JSON lines of entries or of `{"Item": …}` (DynamoDB's export). Throws an UnreadableError for
 * anything else; what an item holds is not looked at.
 */
export function itemsIn(text: string, from: string): unknown[] {
  const whole = parsed(text);
  if (whole === undefined) return linesOf(text, from);
  if (Array.isArray(whole)) {
    if (whole.some((one) => Array.isArray(memberOf(one, 'trail'))))
      throw new UnreadableError(`${from} holds the answers of several stories: give one of them`);
    return whole.map(plain);
  }
  const trail = memberOf(whole, 'trail');
  if (Array.isArray(trail)) return trail;
  const items = memberOf(whole, 'Items');
  if (Array.isArray(items)) {
    if (memberOf(whole, 'LastEvaluatedKey') != null || memberOf(whole, 'NextToken') != null)
      throw new UnreadableError(`${from} holds only one page of the table: read all of it`);
    return items.map((item: unknown) => unmarshalled(item));
  }
  if (memberOf(whole, 'Item') === undefined && memberOf(whole, 'requestId') === undefined)
    throw new UnreadableError(`${from} holds no entries of a trail`);
  return [plain(whole)];
}

function linesOf(text: string, from: string): unknown[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const item = parsed(line);
    if (item === undefined) throw new UnreadableError(`${from}: line ${index + 1} is not JSON`);
    return [plain(item)];
  });
}

/** An entry as plain values, out of the envelope that DynamoDB's export gives it. */
function plain(item: unknown): unknown {
  const enveloped = memberOf(item, 'Item');
  return enveloped === undefined ? item : unmarshalled(enveloped);
}

/** What DynamoDB cannot have written is left as it is: it is no entry, which the check will say. */
export function unmarshalled(item: unknown): unknown {
  try {
    return unmarshall(item as Record<string, AttributeValue>);
  } catch {
    return item;
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
