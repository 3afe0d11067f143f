import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

type Dynalite = (options: { createTableMs: number }) => Server;

/** A DynamoDB engine behind its real wire protocol, with one table of the given key. */
export class GivenDynamoDb {
  readonly client: DynamoDBClient;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.client = new DynamoDBClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    });
  }

  static async withTable(name: string, key: string): Promise<GivenDynamoDb> {
    // It has no types of its own.
    const dynalite = createRequire(import.meta.url)('dynalite') as Dynalite;
    const server = dynalite({ createTableMs: 0 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the engine listens on a port');
    const given = new GivenDynamoDb(server, address.port);
    await given.client.send(
      new CreateTableCommand({
        TableName: name,
        AttributeDefinitions: [{ AttributeName: key, AttributeType: 'S' }],
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    return given;
  }

  async close(): Promise<void> {
    this.client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
