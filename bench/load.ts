import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Account, Deployment, FaultRequest } from '../sandbox/parts.ts';
import { createWorld, type World } from '../sandbox/world.ts';

const sender = 'arn:aws:iam::333333333333:role/ticketing';
const region = 'eu-north-1';
const memberOf = (nth: number) => String(500_000_000_000 + (nth % 20));
const bucketOf = (nth: number) => `load-${nth}`;

/** One AWS call in twenty fails, before or after it did what it was asked. */
const faults: readonly FaultRequest[] = (['before', 'after'] as const).map((when, index) => ({
  service: '*',
  operation: '*',
  when,
  effect: 'serverError',
  rate: 0.025,
  seed: index + 1,
}));

export interface Load {
  readonly approvals: number;
  readonly seconds: number;
  /** Most memory that the process held, all functions and the AWS side included. */
  readonly peakMegabytes: number;
  readonly awsCalls: number;
  /** How many requests ended with each code. */
  readonly codes: Readonly<Record<string, number>>;
  /** Requests without an ending, and requests with more than one. */
  readonly lost: number;
  readonly twice: number;
  readonly untold: number;
}

/** Puts approvals at once, each for a bucket of its own, while AWS calls fail, and counts what they came to. */
export async function carryLoad(deployment: Deployment, approvals: number): Promise<Load> {
  const begun = performance.now();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 100);
  const world = await createWorld({
    deployment,
    organization: organizationFor(deployment, approvals),
    now: Date.parse('2026-11-20T10:00:00Z'),
  });
  try {
    world.aws.setFaults(faults);
    await putAll(world, approvals);
    await world.settle();
    // What a stream or a queue could not tell in its own time is told by the schedules.
    await world.advance(3_600_000);
    return {
      ...(await countedIn(world, approvals)),
      seconds: (performance.now() - begun) / 1000,
      peakMegabytes: peak / 1e6,
    };
  } finally {
    clearInterval(watch);
    await world.close();
  }
}

function organizationFor(deployment: Deployment, approvals: number) {
  const accounts = new Map<string, Account>();
  const member = (id: string) => {
    const there = accounts.get(id);
    if (there !== undefined) return there;
    const made: Account = { id, state: 'ACTIVE', serviceControlPolicies: [], buckets: [], queues: [] };
    accounts.set(id, made);
    return made;
  };
  for (const id of ['111111111111', deployment.accountId, '333333333333']) member(id);
  for (let nth = 0; nth < approvals; nth += 1) {
    member(memberOf(nth)).buckets.push({ name: bucketOf(nth), region, policy: lockOut(bucketOf(nth)) });
  }
  return {
    managementAccountId: '111111111111',
    delegatedAdminAccountId: deployment.accountId,
    features: ['RootSessions', 'RootCredentialsManagement'],
    trustedAccess: true,
    accounts: [...accounts.values()],
  };
}

function lockOut(bucket: string) {
  const Resource = `arn:aws:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource }],
  };
}

function approvalOf(nth: number, deployment: Deployment): PutEventsRequestEntry {
  const id = `LOAD-${nth}`;
  const detail = {
    schemaVersion: '1',
    ticket: { system: 'jira', id, url: `https://acme.example/browse/${id}` },
    task: 'unlock-s3-bucket',
    target: { accountId: memberOf(nth), bucketName: bucketOf(nth) },
    reason: 'A Deny shut out every administrator',
    requestedBy: 'dev@example.com',
    approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
  };
  return {
    Source: 'acme.tickets',
    DetailType: 'Root Task Approved',
    EventBusName: deployment.buses[0]?.arn,
    Detail: JSON.stringify(detail),
  };
}

/** As a ticket system does: what PutEvents did not take is put again. */
async function putAll(world: World, approvals: number): Promise<void> {
  let missing = Array.from({ length: approvals }, (_, nth) => nth);
  while (missing.length > 0) {
    for (let from = 0; from < missing.length; from += 10) {
      const entries = missing.slice(from, from + 10).map((nth) => approvalOf(nth, world.deployment));
      await world.putEvents(sender, entries, 1);
    }
    const taken = new Set(world.journal.events.map(({ event }) => ticketOf(event.detail)));
    missing = missing.filter((nth) => !taken.has(`LOAD-${nth}`));
  }
}

function ticketOf(detail: unknown): unknown {
  const ticket: unknown = Reflect.get(Object(detail), 'ticket');
  return Reflect.get(Object(ticket), 'id');
}

async function countedIn(world: World, approvals: number) {
  const trail = world.deployment.tables.find(({ streamArn }) => streamArn !== null);
  const entries = trail === undefined ? [] : await world.scanTable(trail.name);
  const ended = entries.filter(({ kind }) => kind === 'ended' || kind === 'refused');
  const byTicket = Map.groupBy(ended, ticketOf);
  const codes: Record<string, number> = {};
  for (const { code } of ended) codes[String(code)] = (codes[String(code)] ?? 0) + 1;
  const told = world.journal.notifications.map(({ message }) => message).join('\n');
  return {
    approvals,
    awsCalls: world.calls().length,
    codes,
    lost: approvals - byTicket.size,
    twice: [...byTicket.values()].filter((endings) => endings.length > 1).length,
    untold: ended.filter(({ hash }) => !told.includes(String(hash))).length,
  };
}
