import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { AuditTrail } from '../../../lambdas/shared/trail.ts';
import { GivenDynamoDb } from './dynamodb.ts';

const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });

const index = (IndexName: string, attribute: string) => ({
  IndexName,
  KeySchema: [key(attribute, 'HASH'), key('at', 'RANGE')],
  Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['kind', 'ending', 'code'] },
});

/** The audit trail in a DynamoDB engine, with its indexes by month and by target: keys, time, kind, ending and code, as deployed. */
export async function givenIndexedTrail() {
  const dynamodb = await GivenDynamoDb.withTable('Other', 'id');
  await dynamodb.client.send(
    new CreateTableCommand({
      TableName: 'AuditTrail',
      AttributeDefinitions: [
        { AttributeName: 'requestId', AttributeType: 'S' },
        { AttributeName: 'sequence', AttributeType: 'N' },
        { AttributeName: 'month', AttributeType: 'S' },
        { AttributeName: 'targetPath', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'S' },
      ],
      KeySchema: [key('requestId', 'HASH'), key('sequence', 'RANGE')],
      GlobalSecondaryIndexes: [index('byMonth', 'month'), index('byTarget', 'targetPath')],
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
