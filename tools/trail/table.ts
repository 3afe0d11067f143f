import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshalled } from './items.ts';

/** All items of a table, read consistently, with the caller's own credentials. The table is named by name or ARN. */
export async function* itemsOfTable(table: string): AsyncGenerator<unknown> {
  const region = /^arn:[^:]+:dynamodb:([^:]+):/.exec(table)?.[1];
  const client = new DynamoDBClient(region === undefined ? {} : { region });
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ExclusiveStartKey: from }),
    );
    for (const item of page.Items ?? []) yield unmarshalled(item);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}
