import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type EndedEntry, type RefusedEntry, trailEntry } from '../../contract/trail-entry.ts';
import { coversItself } from '../shared/intact.ts';

/** What a record of the trail's stream says. */
export type Change =
  | { readonly kind: 'ending'; readonly entry: EndedEntry | RefusedEntry }
  /** An entry of a request that goes on: nobody is told. */
  | { readonly kind: 'step' }
  /** Something that rootdesk never does: an entry changed, removed, or not of its making. */
  | { readonly kind: 'tampering'; readonly what: string; readonly key: string };

/** An image as plain values; empty where it is none, or holds what rootdesk never writes (a number of 38 digits, say). */
function plain(image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): Record<string, unknown> {
  try {
    return image === undefined ? {} : unmarshall(image as Record<string, AttributeValue>);
  } catch {
    return {};
  }
}

/** Reads a stream record. The trail is append-only, so everything but a well-formed insert is tampering. */
export function changeOf(record: DynamoDBRecord): Change {
  const { requestId, sequence } = plain(record.dynamodb?.Keys);
  const key = `entry ${String(sequence)} of ${String(requestId)}`;
  if (record.eventName !== 'INSERT') {
    return { kind: 'tampering', what: record.eventName === 'REMOVE' ? 'was removed' : 'was changed', key };
  }
  const image = plain(record.dynamodb?.NewImage);
  const read = trailEntry.safeParse(image);
  if (!read.success) return { kind: 'tampering', what: 'is not an entry that rootdesk writes', key };
  if (!coversItself(image)) return { kind: 'tampering', what: 'has a hash that does not cover it', key };
  return read.data.kind === 'ended' || read.data.kind === 'refused'
    ? { kind: 'ending', entry: read.data }
    : { kind: 'step' };
}
