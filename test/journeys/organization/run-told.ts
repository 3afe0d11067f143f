import { parse } from 'csv-parse/sync';
import type { OutcomeEvent } from '../../../contract/outcome-event.ts';
import {
  type PlannedEntry,
  type RefusedEntry,
  type TrailEntry,
  trailEntry,
} from '../../../contract/trail-entry.ts';
import type { RunOutcome } from '../../../contract/trail-states.ts';
import type { AccountRow, RunReport } from '../../../lambdas/organization-run/report/run-report.ts';
import type { StoredObject } from '../../../sandbox/parts.ts';
import type { Answer } from '../../../sandbox/scenario/answer.ts';

type EndedEntry = Extract<TrailEntry, { kind: 'ended' }>;

/** What became of one run, by all that people and programs can read of it. */
export interface RunTold {
  readonly requestId: string;
  /** The run's own chain. */
  readonly entries: readonly TrailEntry[];
  readonly plan: readonly PlannedEntry[];
  readonly ending: EndedEntry | undefined;
  /** The chains of its accounts, by account id. */
  readonly accounts: ReadonlyMap<string, readonly TrailEntry[]>;
  readonly refusals: readonly RefusedEntry[];
  readonly outcome: RunOutcome | undefined;
  /** Rows of `report.json`, by account id; none before there is a report. */
  readonly rows: ReadonlyMap<string, AccountRow>;
  readonly report: (RunReport & { readonly schemaVersion: number }) | undefined;
  readonly files: readonly StoredObject[];
  readonly csv: readonly Readonly<Record<string, string>>[];
  readonly html: string;
  readonly notifications: Answer['notifications'];
  readonly outcomes: readonly OutcomeEvent[];
  readonly executions: Answer['executions'];
}

export function toldOf(answer: Answer, ticketId: string, requestId: string): RunTold {
  const trail = answer.trail.map((item) => trailEntry.parse(item));
  const entries = trail.filter((entry) => entry.requestId === requestId);
  const prefix = `${requestId}/accounts/`;
  const children = trail.filter((entry) => entry.requestId.startsWith(prefix));
  const ending = entries.find((entry) => entry.kind === 'ended');
  const outcome = outcomeIn(ending);
  const files = answer.objects.filter(
    ({ bucket, key }) => bucket === outcome?.report.bucket && key.startsWith(outcome.report.prefix),
  );
  const file = (name: string) => files.find(({ key }) => key.endsWith(`/${name}`))?.body;
  const json = file('report.json');
  const report = json === undefined ? undefined : (JSON.parse(json) as RunTold['report']);
  return {
    requestId,
    entries,
    plan: entries.filter((entry) => entry.kind === 'planned'),
    ending,
    accounts: Map.groupBy(children, (entry) => entry.requestId.slice(prefix.length)),
    refusals: trail.filter(
      (entry) => entry.kind === 'refused' && entry.ticket?.id === ticketId,
    ) as RefusedEntry[],
    outcome,
    rows: new Map(report?.rows.map((row) => [row.account.id, row])),
    report,
    files,
    csv: parse(file('report.csv') ?? '', { columns: true, bom: true }),
    html: file('report.html') ?? '',
    notifications: answer.notifications.filter(({ message }) =>
      new RegExp(`\\b${ticketId}\\b`).test(message),
    ),
    outcomes: answer.outcomes
      .map(({ detail }) => detail as OutcomeEvent)
      .filter(({ ticket }) => ticket?.id === ticketId),
    executions: answer.executions.filter(
      ({ input }) => Reflect.get(Object(input), 'requestId') === requestId,
    ),
  };
}

function outcomeIn(ending: EndedEntry | undefined): RunOutcome | undefined {
  const after = ending?.after;
  return after && 'counts' in after ? after : undefined;
}
