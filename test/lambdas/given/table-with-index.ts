import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { AuditTrail } from '../../../lambdas/shared/trail.ts';
import { GivenDynamoDb } from './dynamodb.ts';

const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

/** The audit trail in a DynamoDB engine, with its index by month: keys, time, kind, ending and code, as deployed. */
export async function givenIndexedTrail() {
  const dynamodb = await GivenDynamoDb.withTable('Other', 'id');
  await dynamodb.client.send(
    new CreateTableCommand({
      TableName: 'AuditTrail',
      AttributeDefinitions: [
        { AttributeName: 'requestId', AttributeType: 'S' },
        { AttributeName: 'sequence', AttributeType: 'N' },
        { AttributeName: 'month', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'S' },
      ],
      KeySchema: [key('requestId', 'HASH'), key('sequence', 'RANGE')],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byMonth',
          KeySchema: [key('month', 'HASH'), key('at', 'RANGE')],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['kind', 'ending', 'code'] },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  return {
    client: dynamodb.client,
    trail: new AuditTrail(dynamodb.client, 'AuditTrail'),
    /** Puts an item as it is, of the contract or not. */
    put: async (item: object) => {
      const Item = marshall(item, { removeUndefinedValues: true });
      await dynamodb.client.send(new PutItemCommand({ TableName: 'AuditTrail', Item }));
    },
    close: () => dynamodb.close(),
  };
}
