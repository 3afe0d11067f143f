import { setImmediate } from 'node:timers/promises';
import createTableAction from 'dynalite/actions/createTable.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import describeTable from 'dynalite/actions/describeTable.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import { create } from 'dynalite/db/index.js';
import * as createTableRules from 'dynalite/validations/createTable.js';
import * as deleteItemRules from 'dynalite/validations/deleteItem.js';
import * as describeTableRules from 'dynalite/validations/describeTable.js';
import * as getItemRules from 'dynalite/validations/getItem.js';
import { checkTypes, checkValidations } from 'dynalite/validations/index.js';
import * as putItemRules from 'dynalite/validations/putItem.js';
import * as queryRules from 'dynalite/validations/query.js';
import * as scanRules from 'dynalite/validations/scan.js';
import * as updateItemRules from 'dynalite/validations/updateItem.js';
import type { DeployedTable } from '../../../parts.ts';
import { SandboxError } from '../../errors.ts';
import { isRecord } from '../../wire/json.ts';

export type Item = Readonly<Record<string, unknown>>;

export interface EngineAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** dynalite's store: all tables of one world, in memory. */
export interface Store {
  readonly db: { close(done: (error?: unknown) => void): void };
}

/** DynamoDB's operations on real tables: no signature and no permission is checked here, the sandbox has done both. */
export interface DynamoDbEngine {
  send(operation: string, input: Readonly<Record<string, unknown>>): Promise<EngineAnswer>;
  close(): Promise<void>;
}

const operations = {
  CreateTable: { rules: createTableRules, run: createTableAction },
  DeleteItem: { rules: deleteItemRules, run: deleteItem },
  DescribeTable: { rules: describeTableRules, run: describeTable },
  GetItem: { rules: getItemRules, run: getItem },
  PutItem: { rules: putItemRules, run: putItem },
  Query: { rules: queryRules, run: query },
  Scan: { rules: scanRules, run: scan },
  UpdateItem: { rules: updateItemRules, run: updateItem },
};

const isOperation = (name: string): name is keyof typeof operations => Object.hasOwn(operations, name);

/** A refusal as dynalite throws it or calls back with it: status and body as DynamoDB sends them. */
function refusalOf(error: unknown): EngineAnswer | undefined {
  if (!(error instanceof Object) || !('statusCode' in error) || !('body' in error)) return undefined;
  return { status: Number(error.statusCode), body: isRecord(error.body) ? error.body : {} };
}

function runOn(
  store: Store,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<EngineAnswer> {
  if (!isOperation(operation)) {
    const body = { __type: 'com.amazon.coral.service#UnknownOperationException' };
    return Promise.resolve({ status: 400, body });
  }
  const { rules, run } = operations[operation];
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal === undefined) reject(error);
      else resolve(refusal);
    };
    try {
      // The engine changes its input in place, and keeps parts of it.
      const checked = checkTypes(structuredClone(input), rules.types);
      checkValidations(checked, rules.types, rules.custom, store);
      run(store, checked, (error, output = {}) => {
        if (error) fail(error);
        else resolve({ status: 200, body: output });
      });
    } catch (error) {
      fail(error);
    }
  });
}

export async function startDynamoDbEngine(tables: readonly DeployedTable[]): Promise<DynamoDbEngine> {
  const store = create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  const send: DynamoDbEngine['send'] = (operation, input) => runOn(store, operation, input);
  await Promise.all(tables.map((table) => createTable(send, table)));
  return {
    send,
    close: () =>
      new Promise((resolve, reject) => store.db.close((error) => (error ? reject(error) : resolve()))),
  };
}

async function createTable(send: DynamoDbEngine['send'], table: DeployedTable): Promise<void> {
  const { status, body } = await send('CreateTable', { ...table.createTable, TableName: table.name });
  if (status !== 200)
    throw new SandboxError(`table ${table.name} cannot be created: ${JSON.stringify(body)}`);
  // The engine makes a table ACTIVE in a later turn, as DynamoDB does.
  while (!(await isActive(send, table.name))) await setImmediate();
}

async function isActive(send: DynamoDbEngine['send'], tableName: string): Promise<boolean> {
  const { body } = await send('DescribeTable', { TableName: tableName });
  return isRecord(body.Table) && body.Table.TableStatus === 'ACTIVE';
}
