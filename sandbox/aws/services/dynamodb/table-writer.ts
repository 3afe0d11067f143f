import { isDeepStrictEqual } from 'node:util';
import type { AwsEvents, DeployedTable, TableChange } from '../../../parts.ts';
import { isRecord } from '../../wire/json.ts';
import type { DynamoDbEngine, EngineAnswer, Item } from './engine.ts';

export interface TableWriter {
  write(
    table: DeployedTable,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<EngineAnswer>;
}

/** Writes one item at a time per table, so that each change is told with the images before and after it. */
export function createTableWriter(
  engine: DynamoDbEngine,
  events: Pick<AwsEvents, 'tableChanged'>,
): TableWriter {
  const lastWrite = new Map<string, Promise<unknown>>();

  async function readItem(table: DeployedTable, key: Item): Promise<Item | null> {
    const { body } = await engine.send('GetItem', { TableName: table.name, Key: key, ConsistentRead: true });
    return isRecord(body.Item) ? body.Item : null;
  }

  async function writeAlone(
    table: DeployedTable,
    operation: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<EngineAnswer> {
    const keys = keyOf(table, input);
    // A malformed request is for the engine to refuse.
    if (keys === undefined) return engine.send(operation, input);
    const oldImage = await readItem(table, keys);
    const answer = await engine.send(operation, input);
    if (answer.status !== 200) return withOldItem(answer, input, oldImage);

    const newImage = operation === 'DeleteItem' ? null : await readItem(table, keys);
    const eventName = eventNameOf(oldImage, newImage);
    if (eventName !== undefined)
      events.tableChanged({ tableArn: table.arn, eventName, keys, oldImage, newImage });
    return answer;
  }

  return {
    write(table, operation, input) {
      const before = lastWrite.get(table.name) ?? Promise.resolve();
      const write = before.then(() => writeAlone(table, operation, input));
      const settled = write.catch(() => undefined);
      lastWrite.set(table.name, settled);
      return write;
    },
  };
}

/** Partition key first. */
export function keyNames(table: DeployedTable): string[] {
  const schema = table.createTable.KeySchema;
  return (Array.isArray(schema) ? schema : [])
    .filter(isRecord)
    .toSorted((a, b) => String(a.KeyType).localeCompare(String(b.KeyType)))
    .map((part) => String(part.AttributeName));
}

function keyOf(table: DeployedTable, input: Readonly<Record<string, unknown>>): Item | undefined {
  const item = input.Item ?? input.Key;
  if (!isRecord(item)) return undefined;
  const names = keyNames(table);
  return names.every((name) => item[name] !== undefined)
    ? Object.fromEntries(names.map((name) => [name, item[name]]))
    : undefined;
}

/** No change, no stream record: so DynamoDB, too. */
function eventNameOf(oldImage: Item | null, newImage: Item | null): TableChange['eventName'] | undefined {
  if (isDeepStrictEqual(oldImage, newImage)) return undefined;
  if (oldImage === null) return 'INSERT';
  return newImage === null ? 'REMOVE' : 'MODIFY';
}

/** The engine leaves out the item that DynamoDB sends with a failed condition when it is asked for it. */
function withOldItem(
  answer: EngineAnswer,
  input: Readonly<Record<string, unknown>>,
  oldImage: Item | null,
): EngineAnswer {
  const isFailedCondition = String(answer.body.__type).endsWith('#ConditionalCheckFailedException');
  const asked = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  if (!isFailedCondition || !asked || oldImage === null) return answer;
  return { ...answer, body: { ...answer.body, Item: oldImage } };
}
