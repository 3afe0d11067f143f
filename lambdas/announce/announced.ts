import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Span } from './told-span.ts';

export type Channel = 'on-call' | 'bus';

/** By what it is remembered that something was told: the entry's place, and the hash it had. */
export interface Mark {
  readonly entry: string;
  readonly hash: string;
}

const keptDays = 60;
const windowMilliseconds = 5 * 60_000;

const count = z.object({ told: z.number() });
const span = z.object({ from: z.iso.datetime(), until: z.iso.datetime() });
const toldRefusals = 'told-refusals';

/**
 * What was announced on one channel. It is looked at before something is told and written after: what comes again (a
 * redelivered batch, the catch-up beside the stream's own retries) is told once. Where the write fails after the telling,
 * it comes again and is told twice: never not at all.
 */
export class Announced {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #channel: Channel;
  readonly #clock: Clock;

  constructor(client: DynamoDBClient, table: string, channel: Channel, clock: Clock) {
    this.#client = client;
    this.#table = table;
    this.#channel = channel;
    this.#clock = clock;
  }

  /** Whether this was told. Another entry in the same place, with another hash, was not. */
  async has({ entry, hash }: Mark): Promise<boolean> {
    return (await this.hashOf(entry)) === hash;
  }

  /** The hash of what was told of the entry in this place; null where nothing was. */
  async hashOf(entry: string): Promise<string | null> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        ConsistentRead: true,
        Key: marshall({ entry, channel: this.#channel }),
      }),
    );
    return Item?.hash?.S ?? null;
  }

  async add({ entry, hash }: Mark): Promise<void> {
    await this.#put({ entry, hash });
  }

  /** The time of which every refusal was told, as far as the catch-up remembers; null where it does not. */
  async toldRefusals(): Promise<Span | null> {
    const Key = marshall({ entry: toldRefusals, channel: this.#channel });
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, ConsistentRead: true, Key }),
    );
    const read = span.safeParse(unmarshall(Item ?? {}));
    return read.success ? { from: new Date(read.data.from), until: new Date(read.data.until) } : null;
  }

  async rememberToldRefusals({ from, until }: Span): Promise<void> {
    await this.#put({ entry: toldRefusals, from: from.toISOString(), until: until.toISOString() });
  }

  /** Counts something in the present window of five minutes. Answers how many were counted before these. */
  async countInWindow(what: string, more: number): Promise<number> {
    const now = this.#clock.now();
    const start = new Date(Math.floor(now.getTime() / windowMilliseconds) * windowMilliseconds);
    const { Attributes = {} } = await this.#client.send(
      new UpdateItemCommand({
        TableName: this.#table,
        Key: marshall({ entry: `${what}#${start.toISOString()}`, channel: this.#channel }),
        UpdateExpression: 'ADD #told :more SET #expiration = :expiration',
        ExpressionAttributeNames: { '#told': 'told', '#expiration': 'expiration' },
        ExpressionAttributeValues: marshall({ ':more': more, ':expiration': expirationOf(now) }),
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return count.parse(unmarshall(Attributes)).told - more;
  }

  async #put(item: Readonly<Record<'entry', string> & Record<string, string>>): Promise<void> {
    const at = this.#clock.now();
    await this.#client.send(
      new PutItemCommand({
        TableName: this.#table,
        Item: marshall({
          ...item,
          channel: this.#channel,
          at: at.toISOString(),
          expiration: expirationOf(at),
        }),
      }),
    );
  }
}

/** Seconds since 1970, as DynamoDB's time to live wants it: long after the catch-up has stopped looking. */
function expirationOf(at: Date): number {
  return Math.floor(at.getTime() / 1000) + keptDays * 24 * 60 * 60;
}
