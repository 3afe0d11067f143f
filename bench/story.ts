import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account, CallRecord, Deployment } from '../sandbox/parts.ts';
import { createWorld } from '../sandbox/world.ts';

const root = join(import.meta.dirname, '..');
const { detail } = JSON.parse(
  readFileSync(join(root, 'examples', 'events', 'unlock-s3-bucket.json'), 'utf8'),
);

function member(id: string, buckets: Account['buckets'] = []): Account {
  return { id, state: 'ACTIVE', serviceControlPolicies: [], buckets, queues: [] };
}

export interface Told {
  readonly calls: readonly CallRecord[];
  /** What the functions printed, in bytes. */
  readonly logBytes: number;
  readonly trail: readonly Record<string, unknown>[];
  readonly worldMs: number;
}

/** Plays one unlock through the synthesized app, with a latency for each service, and answers what was called. */
export async function tellStory(deployment: Deployment, latencyMs: Record<string, number>): Promise<Told> {
  const arn = 'arn:aws:s3:::project-prod-1';
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::156041421443:role/pipeline' } },
      },
    ],
  };
  const begun = performance.now();
  const world = await createWorld({
    deployment,
    latencyMs,
    now: Date.parse('2026-11-20T10:00:00Z'),
    organization: {
      managementAccountId: '111111111111',
      delegatedAdminAccountId: deployment.accountId,
      features: ['RootSessions', 'RootCredentialsManagement'],
      trustedAccess: true,
      accounts: [
        member('111111111111'),
        member(deployment.accountId),
        member('333333333333'),
        member('156041421443', [{ name: 'project-prod-1', region: 'eu-north-1', policy }]),
      ],
    },
  });
  const worldMs = performance.now() - begun;
  try {
    const entry = { Source: 'acme.tickets', DetailType: 'Root Task Approved', EventBusName: 'rootdesk' };
    const [bus] = deployment.buses;
    await world.putEvents(
      'arn:aws:iam::333333333333:role/ticketing',
      [{ ...entry, EventBusName: bus?.arn, Detail: JSON.stringify(detail) }],
      1,
    );
    await world.settle();
    const table = deployment.tables.find(({ streamArn }) => streamArn !== null);
    const trail = table === undefined ? [] : await world.scanTable(table.name);
    const logBytes = world.journal.logs.reduce((sum, line) => sum + JSON.stringify(line).length, 0);
    return { calls: world.calls(), logBytes, trail, worldMs };
  } finally {
    await world.close();
  }
}
