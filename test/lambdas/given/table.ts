import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { TrailEntry } from '../../../contract/trail-entry.ts';

type Item = NonNullable<PutItemCommand['input']['Item']>;

const requestOf = ({ requestId }: Item) => requestId?.S;
const keyOf = (item: Item) => `${requestOf(item)} ${sequenceOf(item)}`;
const sequenceOf = ({ sequence }: Item) => sequence?.N;

/** The audit trail's table in memory: just the calls that the trail makes, each in the one form it makes them. */
export class TrailTable {
  readonly items: Item[] = [];
  /** Called before each put, to note it or to fail it. */
  beforePut: (entry: TrailEntry) => void = () => {};
  /** Called after each put, to lose its answer. */
  afterPut: (entry: TrailEntry) => void = () => {};
  /** Entries that the index by month does not show yet: it follows the table, seconds later. */
  isNotListedYet: (entry: TrailEntry) => boolean = () => false;

  readonly client = { send: async (command: unknown) => this.#answer(command) } as unknown as DynamoDBClient;

  get entries(): TrailEntry[] {
    return this.items.map((item) => unmarshall(item) as TrailEntry);
  }

  #answer(command: unknown): unknown {
    if (command instanceof QueryCommand) {
      if (command.input.IndexName !== undefined) return { Items: this.#list(command.input) };
      const { ConsistentRead, ExpressionAttributeValues = {} } = command.input;
      if (ConsistentRead !== true) throw new Error('the trail is read consistently');
      const requestId = ExpressionAttributeValues[':requestId']?.S;
      return { Items: this.items.filter((item) => requestOf(item) === requestId) };
    }
    if (command instanceof GetItemCommand) {
      if (command.input.ConsistentRead !== true) throw new Error('the trail is read consistently');
      return { Item: this.#find(command.input.Key ?? {}) };
    }
    if (command instanceof PutItemCommand) return this.#put(command.input);
    throw new Error(`nobody expected ${String(command)}`);
  }

  #put({ ConditionExpression, Item = {} }: PutItemCommand['input']): unknown {
    if (ConditionExpression !== 'attribute_not_exists(requestId)')
      throw new Error('an entry is put where none is');
    const entry = unmarshall(Item) as TrailEntry;
    this.beforePut(entry);
    if (this.#find(Item) !== undefined)
      throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    this.items.push(Item);
    this.afterPut(entry);
    return {};
  }

  #list({
    ExpressionAttributeValues: values = {},
    FilterExpression,
    IndexName,
    KeyConditionExpression,
  }: QueryCommand['input']) {
    if (
      IndexName !== 'byMonth' ||
      KeyConditionExpression !== '#month = :month AND #at BETWEEN :since AND :last'
    )
      throw new Error(`nobody expected ${IndexName}: ${KeyConditionExpression}`);
    const at = (item: Item) => item.at?.S ?? '';
    const kinds = FilterExpression?.match(/:\w+/g)?.map((name) => values[name]?.S);
    return this.items
      .filter(
        (item) =>
          item.month?.S === values[':month']?.S && !this.isNotListedYet(unmarshall(item) as TrailEntry),
      )
      .filter((item) => kinds === undefined || kinds.includes(item.kind?.S))
      .filter((item) => at(item) >= (values[':since']?.S ?? '') && at(item) <= (values[':last']?.S ?? ''))
      .toSorted((a, b) => at(a).localeCompare(at(b)));
  }

  #find(key: Item): Item | undefined {
    return this.items.find((item) => keyOf(item) === keyOf(key));
  }
}
