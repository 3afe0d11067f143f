import type { Ending } from '../../../contract/ending.ts';
import type { Credential, CredentialClass, RootCredentials } from '../../../contract/root-credentials.ts';
import type { OrganizationTask } from '../../../contract/root-tasks.ts';
import type { LeftOutAccount, PlannedAccount } from '../../../contract/trail-entry.ts';
import type { AccountCounts, CredentialResult, RemovalPlan } from '../../../contract/trail-states.ts';

/** The class of an account in a run: each account has exactly one. */
export type AccountClass = CredentialClass | 'failed' | 'left-out';

/** What a run came to in one account. */
export interface AccountRow {
  readonly account: PlannedAccount;
  readonly class: AccountClass;
  /** The account's own request in the trail; null where it was left out. */
  readonly requestId: string | null;
  /** How that request ended; null where it was left out. */
  readonly ending: {
    readonly ending: Ending;
    readonly code: string;
    readonly summary: string;
    readonly at: string;
  } | null;
  /** Why it was left out; null where it was not. */
  readonly leftOut: Pick<LeftOutAccount, 'reason' | 'detail'> | null;
  /** What is there, as it was read last; null where nothing was read. */
  readonly credentials: RootCredentials | null;
  /** Of a deletion: what became of each credential. */
  readonly results: readonly CredentialResult[] | null;
  /** Of a rehearsed deletion: what would go and what would stay. */
  readonly plan: RemovalPlan | null;
  /** Against the run before: credentials that were not there then, and that are gone since. Empty without one. */
  readonly appeared: readonly Credential[];
  readonly disappeared: readonly Credential[];
}

/** Everything that a report says. */
export interface RunReport {
  readonly requestId: string;
  readonly task: OrganizationTask;
  readonly dryRun: boolean;
  readonly ticket: { readonly system: string; readonly id: string; readonly url: string };
  /** What the ticket asked for, in a sentence: "root users of the organization". */
  readonly target: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly counts: AccountCounts;
  /** The run that changes are told against; null for the first. */
  readonly previous: { readonly requestId: string; readonly endedAt: string } | null;
  readonly rows: readonly AccountRow[];
}

/** One file of a report. */
export interface ReportFile {
  /** Name below the report's prefix: `report.csv`, `report.json`, `report.html`. */
  readonly name: string;
  readonly contentType: string;
  readonly body: string;
}
