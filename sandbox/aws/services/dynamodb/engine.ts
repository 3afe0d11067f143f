import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import dynalite from 'dynalite';
import type { DeployedTable } from '../../../parts.ts';
import { SandboxError } from '../../errors.ts';
import { isRecord } from '../../wire/json.ts';

export type Item = Readonly<Record<string, unknown>>;

export interface EngineAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The real engine behind DynamoDB: it checks no signature and no permission, the sandbox has done both. */
export interface DynamoDbEngine {
  send(operation: string, input: Readonly<Record<string, unknown>>): Promise<EngineAnswer>;
  close(): Promise<void>;
}

export async function startDynamoDbEngine(tables: readonly DeployedTable[]): Promise<DynamoDbEngine> {
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  // A connection that the engine closes while a call is on its way to it would look like a failure of DynamoDB.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });

  const send = (operation: string, input: Readonly<Record<string, unknown>>) =>
    new Promise<EngineAnswer>((resolve, reject) => {
      const body = JSON.stringify(input);
      const headers = {
        'content-type': 'application/x-amz-json-1.0',
        'content-length': Buffer.byteLength(body),
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'x-amz-date': '20260101T000000Z',
        authorization:
          'AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      };
      const outgoing = request(
        { host: '127.0.0.1', port, method: 'POST', agent, headers },
        async (incoming) => {
          try {
            const chunks: Buffer[] = [];
            for await (const chunk of incoming) chunks.push(chunk);
            const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
            resolve({ status: incoming.statusCode ?? 500, body: isRecord(answer) ? answer : {} });
          } catch (error) {
            reject(error);
          }
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const close = () =>
    new Promise<void>((resolve) => {
      agent.destroy();
      server.close(() => resolve());
      server.closeAllConnections();
    });

  try {
    await Promise.all(tables.map((table) => createTable(send, table)));
  } catch (error) {
    await close();
    throw error;
  }
  return { send, close };
}

async function createTable(send: DynamoDbEngine['send'], table: DeployedTable): Promise<void> {
  const { status, body } = await send('CreateTable', { ...table.createTable, TableName: table.name });
  if (status !== 200)
    throw new SandboxError(`table ${table.name} cannot be created: ${JSON.stringify(body)}`);
  // Its first description makes a table ACTIVE.
  await send('DescribeTable', { TableName: table.name });
}
