import type { DynamoDBRecord } from 'aws-lambda';
import { runOf } from '../../contract/request-id.ts';
import type { EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import { lookAt } from '../shared/intact.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import type { Mark } from './announced.ts';
import { type Change, changeOf } from './change.ts';

export type Tampering = Extract<Change, { kind: 'tampering' }>;

/** Something that people are told, and the mark by which that is remembered. */
export type News = { readonly mark: Mark } & (
  | { readonly kind: 'ended'; readonly entry: EndedEntry }
  | { readonly kind: 'refused'; readonly entry: RefusedEntry }
  | Tampering
);
export type NewsOf<Kind extends News['kind']> = Extract<News, { kind: Kind }>;

export function isOf<Kind extends News['kind']>(kind: Kind) {
  return (news: News): news is NewsOf<Kind> => news.kind === kind;
}

/**
 * What a record of the trail's stream brings; null for an entry of a request that goes on, and for the ending of one
 * account of a run: the run's own ending speaks for all of them.
 */
export function newsOf(record: DynamoDBRecord): News | null {
  const change = changeOf(record);
  switch (change.kind) {
    case 'step':
      return null;
    case 'ending':
      return isTold(change.entry.requestId) ? newsOfEntry(change.entry) : null;
    case 'tampering':
      return { ...change, mark: { entry: placeOf(record), hash: 'tampering' } };
    default:
      return change satisfies never;
  }
}

/** Whether the ending of a request is told by itself: all but those of one account of a run. */
export function isTold(requestId: string): boolean {
  return runOf(requestId) === null;
}

/** What an ending that the trail lists brings, read consistently; null where there is no ending in its place. */
export async function newsOfListed(
  trail: Pick<AuditTrail, 'get'>,
  { requestId, sequence }: Pick<Listed, 'requestId' | 'sequence'>,
): Promise<News | null> {
  const place = await lookAt(trail, requestId, sequence);
  if (place.kind === 'damaged') {
    const mark = { entry: `${requestId}#${sequence}`, hash: 'tampering' };
    return { kind: 'tampering', key: `entry ${sequence} of ${requestId}`, what: place.what, mark };
  }
  return 'ending' in place.entry ? newsOfEntry(place.entry) : null;
}

function newsOfEntry(entry: EndedEntry | RefusedEntry): News {
  const mark = { entry: `${entry.requestId}#${entry.sequence}`, hash: entry.hash };
  return entry.kind === 'ended' ? { kind: 'ended', entry, mark } : { kind: 'refused', entry, mark };
}

/** An entry that was put is remembered by its place in the trail, any other change by its place in the stream. */
function placeOf({ dynamodb, eventID, eventName }: DynamoDBRecord): string {
  const { requestId, sequence } = dynamodb?.Keys ?? {};
  return eventName === 'INSERT' && requestId?.S !== undefined
    ? `${requestId.S}#${sequence?.N}`
    : `stream#${eventID ?? dynamodb?.SequenceNumber}`;
}
