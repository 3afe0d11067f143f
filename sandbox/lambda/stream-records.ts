import { randomUUID } from 'node:crypto';
import type { DeployedTable, TableChange } from '../parts.ts';

/** A record of a DynamoDB stream, as Lambda hands it to a function. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventVersion: '1.1';
  readonly eventName: TableChange['eventName'];
  readonly eventSource: 'aws:dynamodb';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Readonly<Record<string, unknown>>;
    readonly NewImage?: Readonly<Record<string, unknown>>;
    readonly OldImage?: Readonly<Record<string, unknown>>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

/** Numbers the changes of all streams in the order in which they came. */
export function createRecorder(region: string, now: () => number) {
  let sequence = 100_000_000_000_000_000_000n;
  return (table: DeployedTable, streamArn: string, change: TableChange): StreamRecord => {
    sequence += 1n;
    const view = table.streamViewType ?? 'KEYS_ONLY';
    const withNew = change.newImage !== null && ['NEW_IMAGE', 'NEW_AND_OLD_IMAGES'].includes(view);
    const withOld = change.oldImage !== null && ['OLD_IMAGE', 'NEW_AND_OLD_IMAGES'].includes(view);
    const images = {
      Keys: change.keys,
      ...(withNew && change.newImage && { NewImage: change.newImage }),
      ...(withOld && change.oldImage && { OldImage: change.oldImage }),
    };
    return {
      eventID: randomUUID().replaceAll('-', ''),
      eventVersion: '1.1',
      eventName: change.eventName,
      eventSource: 'aws:dynamodb',
      eventSourceARN: streamArn,
      awsRegion: region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now() / 1000),
        ...images,
        SequenceNumber: String(sequence),
        SizeBytes: Buffer.byteLength(JSON.stringify(images)),
        StreamViewType: view,
      },
    };
  };
}
