import type { Call } from '../../operation.ts';
import { invalidInput } from './wire.ts';

const largestPage = 20;

/** One page of a list. Organizations gives no more than 20 of anything at once, whatever is asked for. */
export function page<Item>(
  { input }: Call,
  items: readonly Item[],
): { readonly items: readonly Item[]; readonly rest: { readonly NextToken?: string } } {
  const size = maxResults(input.MaxResults);
  const begin = input.NextToken === undefined ? 0 : placeOf(String(input.NextToken));
  const end = begin + size;
  return {
    items: items.slice(begin, end),
    rest: end < items.length ? { NextToken: Buffer.from(`place ${end}`).toString('base64') } : {},
  };
}

function maxResults(given: unknown): number {
  if (given === undefined) return largestPage;
  const size = Number(given);
  if (!Number.isInteger(size) || size < 1) {
    throw invalidInput('MIN_VALUE_EXCEEDED', 'You provided a value that is smaller than the minimum.');
  }
  if (size > largestPage) {
    throw invalidInput('MAX_VALUE_EXCEEDED', 'You provided a value that is larger than the maximum.');
  }
  return size;
}

function placeOf(token: string): number {
  const place = /^place (\d+)$/.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (place === undefined) {
    throw invalidInput('INVALID_NEXT_TOKEN', 'The NextToken that you provided is not valid.');
  }
  return Number(place);
}
