import type { AccountCounts } from '../../contract/trail-states.ts';
import type { RunReport } from '../../lambdas/organization-run/report/run-report.ts';
import { type TrailItem, trailOf } from '../../sandbox/scenario/trail.ts';
import type { World } from '../../sandbox/world.ts';
import { costOfRun } from './cost-of-run.ts';
import { wrongIn } from './truth.ts';

/** What one audit of the whole organization came to. */
export interface AuditRun {
  /** On the sandbox's clock, from the approval to the ending that is recorded. */
  readonly milliseconds: number;
  readonly counts: AccountCounts;
  readonly usd: number;
  readonly transitions: number;
  /** How often its state machine was started: more than once where it died on its way. */
  readonly executions: number;
  readonly awsCalls: number;
  readonly reportBytes: number;
  /** What the report says that is not so. */
  readonly wrong: readonly string[];
}

const detail = {
  schemaVersion: '1',
  ticket: { system: 'jira', id: 'SEC-1302', url: 'https://acme.example/browse/SEC-1302' },
  task: 'audit-root-credentials',
  target: { organization: true },
  reason: 'How long does it take',
  requestedBy: 'dev@example.com',
  approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
};

export async function auditOrganization(world: World): Promise<AuditRun> {
  const begun = world.clock.now();
  await world.putEvents(
    'arn:aws:iam::333333333333:role/ticketing',
    [
      {
        Source: 'acme.tickets',
        DetailType: 'Root Task Approved',
        EventBusName: world.deployment.buses[0]?.arn,
        Detail: JSON.stringify(detail),
      },
    ],
    1,
  );
  await world.settle();
  let trail = await trailOf(world);
  // What died on its way is started again by the sweep.
  for (let hour = 0; hour < 3 && endingIn(trail) === undefined; hour += 1) {
    await world.advance(3_600_000);
    trail = await trailOf(world);
  }
  const ending = endingIn(trail);
  if (ending === undefined) throw new Error(`the run has not ended: ${stateOf(world, trail)}`);
  const milliseconds = Date.parse(ending.at) - begun;
  const report = world.aws.storedObjects().find(({ key }) => key.endsWith('/report.json'));
  const { rows }: RunReport = JSON.parse(report?.body ?? '');
  return {
    milliseconds,
    counts: countsIn(ending),
    ...costOfRun(world, trail, milliseconds),
    executions: world.executions().length,
    awsCalls: world.calls().length,
    reportBytes: world.aws.storedObjects().reduce((sum, { body }) => sum + Buffer.byteLength(body), 0),
    wrong: wrongIn(rows, world.organization),
  };
}

function endingIn(trail: readonly TrailItem[]): TrailItem | undefined {
  return trail.find(({ kind, requestId }) => kind === 'ended' && !requestId.includes('/accounts/'));
}

/** How far a run came that has not ended, and the last error that was logged: what to look into first. */
function stateOf(world: World, trail: readonly TrailItem[]): string {
  const executions = world.executions().map(({ ending }) => JSON.stringify(ending));
  const error = world.journal.logs.findLast(({ level }) => level === 'ERROR');
  const accounts = trail.filter(
    ({ kind, requestId }) => kind === 'ended' && requestId.includes('/accounts/'),
  );
  return [
    `${accounts.length} accounts have ended`,
    `its executions: ${executions.join(', ') || 'none'}`,
    `the last error in the logs: ${error === undefined ? 'none' : JSON.stringify(error)}`,
  ].join('; ');
}

function countsIn(ending: TrailItem): AccountCounts {
  return Reflect.get(Object(ending.after), 'counts');
}
