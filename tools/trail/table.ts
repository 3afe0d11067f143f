import {
  type AttributeValue,
  DynamoDBClient,
  ListTablesCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshalled } from './items.ts';
import { UnreadableError } from './unreadable.ts';

/** All items of a table, read consistently, with the caller's own credentials. The table is named by name or ARN. */
export async function* itemsOfTable(table: string): AsyncGenerator<unknown> {
  const client = clientFor(table);
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    for (const item of page.Items ?? []) yield unmarshalled(item);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** The entries of one request, read consistently, with the caller's own credentials. */
export async function itemsOfRequest(table: string, requestId: string): Promise<unknown[]> {
  const client = clientFor(table);
  const items: unknown[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'requestId = :requestId',
        ExpressionAttributeValues: { ':requestId': { S: requestId } },
        ExclusiveStartKey: from,
      }),
    );
    items.push(...(page.Items ?? []).map(unmarshalled));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

/** The table of the one deployment that there is. CloudFormation names it after its place in the stack. */
export async function theTable(): Promise<string> {
  const client = new DynamoDBClient({});
  const names: string[] = [];
  let from: string | undefined;
  do {
    const page = await client.send(new ListTablesCommand({ ExclusiveStartTableName: from }));
    names.push(...(page.TableNames ?? []).filter((name) => name.includes('AuditTrail')));
    from = page.LastEvaluatedTableName;
  } while (from !== undefined);
  const [only, other] = names;
  if (only === undefined)
    throw new UnreadableError('there is no audit trail in this account and Region: name the table');
  if (other !== undefined)
    throw new UnreadableError(`there are several audit trails, name one of them: ${names.join(', ')}`);
  return only;
}

function clientFor(table: string): DynamoDBClient {
  const region = /^arn:[^:]+:dynamodb:([^:]+):/.exec(table)?.[1];
  return new DynamoDBClient(region === undefined ? {} : { region });
}
