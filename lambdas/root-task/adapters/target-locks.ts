import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';

/** Longer than a function lives: a turn left by a dead run has lapsed when Lambda tries again after a minute. */
export const turnMilliseconds = 59_000;

const turn = z.object({
  id: z.string(),
  /** The request whose turn it is, and the run that took it. */
  holder: z.string(),
  run: z.string(),
  heldUntil: z.number(),
  /** The last change to the target by a request that held it before this one, as the trail told it. */
  changedBy: z.string().optional(),
  changedAt: z.string().optional(),
});
export type Turn = z.infer<typeof turn>;

const keyOf = (targetPath: string) => `target#${targetPath}`;

/**
 * Whose turn it is on a target: one request at a time. A turn is never given back; it ends with its request's ending
 * in the trail, or lapses. Records have no expiry: they remember the last change for approvals that come late.
 */
export class TargetLocks {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async read(targetPath: string): Promise<Turn | null> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        ConsistentRead: true,
        Key: marshall({ id: keyOf(targetPath) }),
      }),
    );
    return Item === undefined ? null : turn.parse(unmarshall(Item));
  }

  /** Takes the turn if nobody has taken it since `previous` was read. Answers whether it was taken. */
  async take(targetPath: string, previous: Turn | null, next: Omit<Turn, 'id'>): Promise<boolean> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: marshall({ ...next, id: keyOf(targetPath) }, { removeUndefinedValues: true }),
          ConditionExpression: [
            'attribute_not_exists(id)',
            // Lambda tries a run again under the same id, so that only the time tells its turns apart.
            '(holder = :holder AND run = :run AND heldUntil = :heldUntil)',
            // A put whose answer was lost is tried again by the SDK and finds itself there.
            '(holder = :nextHolder AND run = :nextRun AND heldUntil = :nextHeldUntil)',
          ].join(' OR '),
          ExpressionAttributeValues: marshall({
            ':holder': previous?.holder ?? next.holder,
            ':run': previous?.run ?? next.run,
            ':heldUntil': previous?.heldUntil ?? next.heldUntil,
            ':nextHolder': next.holder,
            ':nextRun': next.run,
            ':nextHeldUntil': next.heldUntil,
          }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}
