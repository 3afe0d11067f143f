import type { DeployedTable } from '../../../parts.ts';
import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation, Resource, Service } from '../../operation.ts';
import { isRecord, jsonWire } from '../../wire/json.ts';
import type { DynamoDbEngine } from './engine.ts';
import { keyNames, type TableWriter } from './table-writer.ts';

const wire = jsonWire('1.0', 'com.amazonaws.dynamodb.v20120810');

/** DynamoDB: authorized here, done by the engine. Transactions, batches and PartiQL are not modelled. */
export function dynamoDbService(backstage: Backstage, engine: DynamoDbEngine, writer: TableWriter): Service {
  const operation = (name: string, run: TableWriter['write']): Operation => ({
    resource: ({ input }) => resourceArn(backstage, input),
    permissions(call) {
      const table = addressedTable(backstage, call);
      const leadingKey = leadingKeyOf(table, call.input);
      return [
        {
          action: `dynamodb:${name}`,
          resource: tableResource(backstage, table, resourceArn(backstage, call.input)),
          ...(leadingKey !== undefined && { context: { 'dynamodb:LeadingKeys': [leadingKey] } }),
        },
      ];
    },
    async respond(call) {
      const table = addressedTable(backstage, call);
      const { status, body } = await run(table, name, { ...call.input, TableName: table.name });
      if (status === 200) return wire.success(body);
      const { __type: type, message, Message, ...details } = body;
      const code = String(type).split('#').at(-1) ?? 'InternalServerError';
      return {
        ...wire.error(new AwsError(status, code, String(message ?? Message ?? '')), call.request),
        body: JSON.stringify({ __type: type, message: message ?? Message, ...details }),
      };
    },
  });
  const read: TableWriter['write'] = (_table, name, input) => engine.send(name, input);

  return {
    wire,
    operations: {
      GetItem: operation('GetItem', read),
      Query: operation('Query', read),
      Scan: operation('Scan', read),
      DescribeTable: operation('DescribeTable', read),
      PutItem: operation('PutItem', writer.write),
      UpdateItem: operation('UpdateItem', writer.write),
      DeleteItem: operation('DeleteItem', writer.write),
    },
    accessDenied: (message) => new AwsError(400, 'AccessDeniedException', message),
    throttled: () =>
      new AwsError(400, 'ThrottlingException', 'Rate of requests exceeds the allowed throughput.'),
    failed: () =>
      new AwsError(
        500,
        'InternalServerError',
        'The request processing has failed because of an unknown error, exception or failure.',
      ),
  };
}

export function tableResource(
  { deployment }: Pick<Backstage, 'deployment'>,
  table: DeployedTable,
  arn: string,
): Resource {
  return { arn, accountId: deployment.accountId, policy: table.resourcePolicy, policyOfStack: true };
}

function addressedTable({ deployment }: Backstage, { input, principal, region }: Call): DeployedTable {
  const wanted = String(input.TableName ?? '');
  const byName = principal.accountId === deployment.accountId && region === deployment.region;
  const table = deployment.tables.find((one) => one.arn === wanted || (byName && one.name === wanted));
  if (table === undefined)
    throw new AwsError(400, 'ResourceNotFoundException', 'Requested resource not found');
  return table;
}

/** The table, or the index that a query reads. */
function resourceArn({ deployment }: Backstage, input: Readonly<Record<string, unknown>>): string {
  const wanted = String(input.TableName ?? '');
  const arn = deployment.tables.find((one) => one.name === wanted)?.arn ?? wanted;
  return typeof input.IndexName === 'string' ? `${arn}/index/${input.IndexName}` : arn;
}

function leadingKeyOf(table: DeployedTable, input: Readonly<Record<string, unknown>>): string | undefined {
  const [partitionKey = ''] = keyNames(table);
  const item = input.Item ?? input.Key;
  const attribute = isRecord(item) ? item[partitionKey] : undefined;
  const value = isRecord(attribute) ? Object.values(attribute)[0] : undefined;
  return typeof value === 'string' ? value : undefined;
}
