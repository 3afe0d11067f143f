import { marshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import type { EndedEntry, RefusedEntry, TrailEntry } from '../../../contract/trail-entry.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import { GivenBucket } from './bucket.ts';
import { GivenLane } from './lane.ts';
import { givenEvent } from './request.ts';

/** The trail that an event leaves. */
export async function givenTrail(event: unknown = givenEvent()): Promise<TrailEntry[]> {
  const given = new GivenLane();
  await carryOut(event, new GivenBucket(given).task, given.lane);
  return given.table.entries;
}

/** The ending of an event, and the approval behind it where there is one. */
export async function givenEnding(event: unknown = givenEvent()) {
  const entries = await givenTrail(event);
  const ending = entries.find((entry): entry is EndedEntry | RefusedEntry => 'ending' in entry);
  if (ending === undefined) throw new Error('the event has ended');
  return { ending, approved: entries.find((entry) => entry.kind === 'approved') ?? null };
}

type Image = Record<string, AttributeValue>;

/** A record of the trail's stream, as Lambda delivers it. */
export function givenRecord(
  entry: object,
  { eventName = 'INSERT', sequenceNumber = '1' } = {} as {
    eventName?: 'INSERT' | 'MODIFY' | 'REMOVE';
    sequenceNumber?: string;
  },
): DynamoDBRecord {
  const image = marshall(entry, { removeUndefinedValues: true }) as Image;
  const { requestId, sequence } = image;
  const Keys = { ...(requestId && { requestId }), ...(sequence && { sequence }) };
  const images = eventName === 'REMOVE' ? { OldImage: image } : { NewImage: image };
  return { eventName, dynamodb: { Keys, ...images, SequenceNumber: sequenceNumber } };
}
