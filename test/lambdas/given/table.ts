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

type Within = (at: string, value: (name: string) => string) => boolean;

/** The indexes, each in the one form in which it is asked. */
const indexes = new Map<string, Within>([
  [
    'byMonth #key = :key AND #at BETWEEN :since AND :last',
    (at, value) => at >= value(':since') && at <= value(':last'),
  ],
  ['byTarget #key = :key AND #at < :until', (at, value) => at < value(':until')],
]);

/** The audit trail's table in memory: just the calls that the trail makes, each in the one form it makes them. */
export class TrailTable {
  readonly items: Item[] = [];
  /** Called before each put, to note it or to fail it. */
  beforePut: (entry: TrailEntry) => void = () => {};
  /** Called after each put, to lose its answer. */
  afterPut: (entry: TrailEntry) => void = () => {};
  /** Entries that the indexes do not show yet: they follow the table, seconds later. */
  isNotListedYet: (entry: TrailEntry) => boolean = () => false;

  readonly client = { send: async (command: unknown) => this.#answer(command) } as unknown as DynamoDBClient;

  get entries(): TrailEntry[] {
    return this.items.map((item) => unmarshall(item) as TrailEntry);
  }

  #answer(command: unknown): unknown {
    if (command instanceof QueryCommand) {
      if (command.input.IndexName !== undefined) return { Items: this.#list(command.input) };
      const { ConsistentRead, ExpressionAttributeValues = {}, Limit, ScanIndexForward } = command.input;
      if (ConsistentRead !== true) throw new Error('the trail is read consistently');
      const requestId = ExpressionAttributeValues[':requestId']?.S;
      const Items = this.items.filter((item) => requestOf(item) === requestId);
      return { Items: (ScanIndexForward === false ? Items.toReversed() : Items).slice(0, Limit) };
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
    ExpressionAttributeNames = {},
    ExpressionAttributeValues: values = {},
    FilterExpression,
    IndexName,
    KeyConditionExpression,
    ScanIndexForward,
  }: QueryCommand['input']) {
    const times = indexes.get(`${IndexName} ${KeyConditionExpression}`);
    const attribute = ExpressionAttributeNames['#key'];
    if (times === undefined || attribute === undefined)
      throw new Error(`nobody expected ${IndexName}: ${KeyConditionExpression}`);
    const at = (item: Item) => item.at?.S ?? '';
    const kinds = FilterExpression?.match(/:\w+/g)?.map((name) => values[name]?.S);
    const listed = this.items
      .filter((item) => item[attribute]?.S === values[':key']?.S)
      .filter((item) => kinds === undefined || kinds.includes(item.kind?.S))
      .filter((item) => times(at(item), (name) => values[name]?.S ?? ''))
      .filter((item) => !this.isNotListedYet(unmarshall(item) as TrailEntry))
      .toSorted((a, b) => at(a).localeCompare(at(b)));
    return ScanIndexForward === false ? listed.toReversed() : listed;
  }

  #find(key: Item): Item | undefined {
    const wanted = keyOf(key);
    return this.items.find((item) => keyOf(item) === wanted);
  }
}
