import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { entryHash, type TrailEntry, trailEntry } from '../../contract/trail-entry.ts';

type Item = Record<string, AttributeValue>;

type Distributed<T, Keys extends PropertyKey> = T extends unknown ? Omit<T, Keys> : never;

/** An entry as a step writes it: the trail itself adds its place in the chain. */
export type Draft = Distributed<TrailEntry, 'requestId' | 'sequence' | 'previousHash' | 'hash' | 'month'>;

/** Somebody else wrote the entry that this run was about to write; whoever retries reads the chain anew. */
export class ChainMovedError extends Error {
  override readonly name = 'ChainMovedError';
}

/** What the trail's indexes tell of an entry: where it is, not what is to be believed of it. */
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
    for await (const items of this.#pages(chainQuery(requestId)))
      entries.push(...items.map((item) => trailEntry.parse(unmarshall(item))));
    return entries;
  }

  /**
   * The last entry of a request, read consistently; null where nothing is recorded of it. For whoever asks many
   * requests how they ended: the entry's own hash covers it, its chain is not looked at.
   */
  async head(requestId: string): Promise<TrailEntry | null> {
    const { Items } = await this.#client.send(
      new QueryCommand({
        TableName: this.#table,
        ...chainQuery(requestId),
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    const [item] = Items ?? [];
    return item === undefined ? null : trailEntry.parse(unmarshall(item));
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
    for (const month of monthsFrom(since, until)) {
      const span = {
        ':since': since.toISOString(),
        ':last': new Date(until.getTime() - 1).toISOString(),
      };
      const query = indexQuery('byMonth', 'month', month, '#at BETWEEN :since AND :last', span, kinds);
      for await (const items of this.#pages(query)) listed.push(...items.map(listedOf));
    }
    return listed;
  }

  /**
   * Entries about a target that were written before `until`, newest first, page by page as the index by target lists
   * them: whoever has found what they look for leaves the rest unread. The index follows the table within seconds.
   */
  async *listTarget(
    targetPath: string,
    until: Date,
    kinds: readonly TrailEntry['kind'][] = [],
  ): AsyncGenerator<Listed, void> {
    const span = { ':until': until.toISOString() };
    const query = indexQuery('byTarget', 'targetPath', targetPath, '#at < :until', span, kinds);
    for await (const items of this.#pages({ ...query, ScanIndexForward: false })) yield* items.map(listedOf);
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

  async *#pages(query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item[], void> {
    let from: Item | undefined;
    do {
      const page = await this.#client.send(
        new QueryCommand({ TableName: this.#table, ...query, ExclusiveStartKey: from }),
      );
      yield page.Items ?? [];
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
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

function chainQuery(requestId: string) {
  return {
    ConsistentRead: true,
    KeyConditionExpression: 'requestId = :requestId',
    ExpressionAttributeValues: marshall({ ':requestId': requestId }),
  };
}

/** DynamoDB leaves out what is of other kinds before it answers: what is many is neither sent nor held. */
function indexQuery(
  IndexName: 'byMonth' | 'byTarget',
  attribute: string,
  key: string,
  time: string,
  span: Readonly<Record<string, string>>,
  kinds: readonly TrailEntry['kind'][],
) {
  const named = Object.fromEntries(kinds.map((kind) => [`:${kind}`, kind]));
  const ofKinds =
    kinds.length === 0 ? {} : { FilterExpression: `#kind IN (${Object.keys(named).join(', ')})` };
  return {
    IndexName,
    KeyConditionExpression: `#key = :key AND ${time}`,
    ...ofKinds,
    ExpressionAttributeNames: {
      '#key': attribute,
      '#at': 'at',
      ...(kinds.length > 0 && { '#kind': 'kind' }),
    },
    ExpressionAttributeValues: marshall({ ...span, ...named, ':key': key }),
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
function listedOf({ requestId, sequence, at, kind, ending, code }: Item): Listed {
  return {
    requestId: requestId?.S ?? '',
    sequence: Number(sequence?.N),
    at: at?.S ?? '',
    kind: kind?.S ?? '',
    ending: ending?.S,
    code: code?.S,
  };
}
