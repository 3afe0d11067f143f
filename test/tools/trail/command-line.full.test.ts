import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TrailEntry } from '../../../contract/trail-entry.ts';
import { givenIndexedTrail } from '../../lambdas/given/table-with-index.ts';
import { givenEntries } from './given.ts';

const root = join(import.meta.dirname, '..', '..', '..');
let entries: TrailEntry[];
beforeAll(async () => {
  entries = await givenEntries();
});

/** Runs the command in a process of its own, which has these variables and no others. */
function run(args: readonly string[], variables: Readonly<Record<string, string>>, input = '') {
  const env = { PATH: process.env.PATH, ...variables };
  return new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['tools/trail/main.ts', ...args],
      { cwd: root, env },
      (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

/** Beside the engine, which answers in this process. */
async function runOnTable(client: DynamoDBClient, args: readonly string[]): Promise<string> {
  const endpoint = await client.config.endpoint?.();
  const { stdout, stderr } = await run(args, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${endpoint?.port}`,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
  });
  return stdout === '' ? stderr : stdout;
}

describe('tools/trail/main.ts', () => {
  it('writes the result to standard output and exits with 1 when the trail is not whole', async () => {
    const { status, stdout, stderr } = await run(
      ['verify', '-', '--json'],
      {},
      JSON.stringify(entries.slice(1)),
    );
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ whole: false, entries: 6 });
  });

  it('exits with 2 when there are no credentials for a table', async () => {
    const none = { AWS_EC2_METADATA_DISABLED: 'true', AWS_CONFIG_FILE: '/dev/null' };
    const { status, stdout, stderr } = await run(['verify', 'AuditTrail'], none);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('cannot check the trail');
  });

  it('reads a policy from the one audit trail there is, or from a table that is named', async () => {
    const { client, close } = await givenIndexedTrail();
    try {
      const answer = await runOnTable(client, ['policy', 'jira/none']);
      expect(answer).toContain('nothing is recorded of jira/none');
      expect(await runOnTable(client, ['policy', 'jira/none', 'AuditTrail'])).toBe(answer);
    } finally {
      await close();
    }
  });

  it('reads a table, page by page, with the caller\u2019s credentials', async () => {
    const table = await givenIndexedTrail();
    try {
      for (const entry of entries) await table.put(entry);
      // More than one page of a scan.
      for (const index of [1, 2, 3, 4])
        await table.put({ requestId: `bogus-${index}`, sequence: 1, padding: 'x'.repeat(300_000) });
      const answer = await runOnTable(table.client, ['verify', 'AuditTrail', '--json']);
      expect(JSON.parse(answer)).toMatchObject({
        whole: false,
        entries: 11,
        findings: [1, 2, 3, 4].map((index) => ({ code: 'not-an-entry', requestId: `bogus-${index}` })),
      });
    } finally {
      await table.close();
    }
  });
});
