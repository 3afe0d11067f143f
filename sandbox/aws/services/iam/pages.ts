import type { Call } from '../../operation.ts';
import { constraintError } from './wire.ts';

/** One page of a list, as IAM pages all of its lists: 100 to a page unless `MaxItems` says fewer. */
export function page<Item>(
  { input }: Call,
  items: readonly Item[],
): { readonly members: readonly Item[]; readonly rest: Readonly<Record<string, unknown>> } {
  const size = maxItems(input.MaxItems);
  const begin = input.Marker === undefined ? 0 : placeOf(String(input.Marker));
  const end = begin + size;
  const isTruncated = end < items.length;
  return {
    members: items.slice(begin, end),
    rest: { IsTruncated: isTruncated, ...(isTruncated && { Marker: markerOf(end) }) },
  };
}

function maxItems(given: unknown): number {
  if (given === undefined) return 100;
  const size = Number(given);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  throw constraintError(
    `'${given}'`,
    'maxItems',
    'Member must have value less than or equal to 1000 and greater than or equal to 1',
  );
}

/** Markers mean nothing to who gets them, so they look like nothing. */
function markerOf(place: number): string {
  return Buffer.from(`place ${place}`).toString('base64');
}

function placeOf(marker: string): number {
  const place = /^place (\d+)$/.exec(Buffer.from(marker, 'base64').toString())?.[1];
  if (place === undefined) throw constraintError(`'${marker}'`, 'marker', 'Invalid Marker.');
  return Number(place);
}
