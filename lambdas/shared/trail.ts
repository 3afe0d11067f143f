import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { entryHash, type TrailEntry, trailEntry } from '../../contract/trail-entry.ts';

type Distributed<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never;

/** An entry as a step writes it: the trail itself adds its place in the chain. */
export type Draft = Distributed<TrailEntry, 'requestId' | 'sequence' | 'previousHash' | 'hash' | 'month'>;

/** Somebody else wrote the entry that this run was about to write; whoever retries reads the chain anew. */
export class ChainMovedError extends Error {
  override readonly name = 'ChainMovedError';
}

/** What the trail's index by month tells of an entry: where it is, not what is to be believed of it. */
export interface Listed {
  readonly requestId: string;
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly ending?: string | undefined;
  readonly code?: string | undefined;
}

/** The audit trail: entries are put at the head of a request's chain, never updated and never deleted. */
export class AuditTrail {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /** A request's entries in order, read consistently. Throws a ZodError for an entry that is not of the contract. */
  async read(requestId: string): Promise<TrailEntry[]> {
    const entries: TrailEntry[] = [];
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          ConsistentRead: true,
          KeyConditionExpression: 'requestId = :requestId',
          ExpressionAttributeValues: marshall({ ':requestId': requestId }),
          ExclusiveStartKey: from === undefined ? undefined : marshall(from),
        }),
      );
      entries.push(...(page.Items ?? []).map((item) => trailEntry.parse(unmarshall(item))));
      from = page.LastEvaluatedKey === undefined ? undefined : unmarshall(page.LastEvaluatedKey);
    } while (from !== undefined);
    return entries;
  }

  /** One entry, read consistently; null when it is not there. */
  async get(requestId: string, sequence: number): Promise<TrailEntry | null> {
    const { Item } = await this.#client.send(
      new GetItemCommand({
        TableName: this.#table,
        ConsistentRead: true,
        Key: marshall({ requestId, sequence }),
      }),
    );
    return Item === undefined ? null : trailEntry.parse(unmarshall(Item));
  }

  /**
   * Entries written from `since` on and before `until`, in the order of time, as the index by month lists them. The
   * index follows the table within seconds, not at once: what an entry holds is read with `get`. Only those of some
   * kinds where these are named.
   */
  async list(since: Date, until: Date, kinds: readonly TrailEntry['kind'][] = []): Promise<Listed[]> {
    const listed: Listed[] = [];
    const filter = filterFor(kinds);
    for (const month of monthsFrom(since, until)) {
      let from: Record<string, AttributeValue> | undefined;
      do {
        const page = await this.#client.send(
          new QueryCommand({
            TableName: this.#table,
            IndexName: 'byMonth',
            KeyConditionExpression: '#month = :month AND #at BETWEEN :since AND :last',
            ...(filter === null ? {} : { FilterExpression: filter.expression }),
            ExpressionAttributeNames: { '#month': 'month', '#at': 'at', ...filter?.names },
            ExpressionAttributeValues: marshall({
              ...filter?.values,
              ':month': month,
              ':since': since.toISOString(),
              ':last': new Date(until.getTime() - 1).toISOString(),
            }),
            ExclusiveStartKey: from,
          }),
        );
        listed.push(...(page.Items ?? []).map(listedOf));
        from = page.LastEvaluatedKey;
      } while (from !== undefined);
    }
    return listed;
  }

  /**
   * Puts an entry behind the last one of its chain and answers it as it stands. A put that lost its answer is read
   * again and compared by hash, because it may be one's own. Throws a ChainMovedError when the place is taken.
   */
  async append(requestId: string, head: TrailEntry | null, draft: Draft): Promise<TrailEntry> {
    const unsealed = {
      ...draft,
      requestId,
      sequence: (head?.sequence ?? 0) + 1,
      month: draft.at.slice(0, 7),
      previousHash: head?.hash ?? null,
    };
    const entry = trailEntry.parse(JSON.parse(JSON.stringify({ ...unsealed, hash: entryHash(unsealed) })));
    if (await this.#putFirst(entry)) return entry;
    const there = await this.get(requestId, entry.sequence);
    if (there?.hash === entry.hash) return entry;
    throw new ChainMovedError(`entry ${entry.sequence} of ${requestId} was written by another run`);
  }

  /** The one place of the trail's condition: an entry is put where none is. Answers whether it was. */
  async #putFirst(entry: TrailEntry): Promise<boolean> {
    try {
      await this.#client.send(
        new PutItemCommand({
          TableName: this.#table,
          Item: marshall(entry, { removeUndefinedValues: true }),
          ConditionExpression: 'attribute_not_exists(requestId)',
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

/** DynamoDB leaves out the others before it answers: what is many is neither sent nor held. Null for all kinds. */
function filterFor(kinds: readonly TrailEntry['kind'][]) {
  if (kinds.length === 0) return null;
  return {
    expression: `#kind IN (${kinds.map((kind) => `:${kind}`).join(', ')})`,
    names: { '#kind': 'kind' },
    values: Object.fromEntries(kinds.map((kind) => [`:${kind}`, kind])),
  };
}

/** The months, as `YYYY-MM` in UTC, that a span of time touches. */
function monthsFrom(since: Date, until: Date): string[] {
  const months: string[] = [];
  const month = new Date(Date.UTC(since.getUTCFullYear(), since.getUTCMonth()));
  for (; month < until; month.setUTCMonth(month.getUTCMonth() + 1))
    months.push(month.toISOString().slice(0, 7));
  return months;
}

/** Read attribute by attribute: an item that rootdesk never wrote must not keep the others from being listed. */
function listedOf({ requestId, sequence, at, kind, ending, code }: Record<string, AttributeValue>): Listed {
  return {
    requestId: requestId?.S ?? '',
    sequence: Number(sequence?.N),
    at: at?.S ?? '',
    kind: kind?.S ?? '',
    ending: ending?.S,
    code: code?.S,
  };
}
