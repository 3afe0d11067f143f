import { accountRequestId } from '../../contract/request-id.ts';
import { classOf, type RootCredentials } from '../../contract/root-credentials.ts';
import type { EndedEntry, LeftOutAccount, PlannedAccount } from '../../contract/trail-entry.ts';
import { isRemovalPlan } from '../../contract/trail-states.ts';
import { credentialsRead } from './account-head.ts';
import { changesBetween, unchanged } from './changes.ts';
import type { AccountClass, AccountRow } from './report/run-report.ts';

const nothingRead = { credentials: null, results: null, plan: null, ...unchanged };

/** An account that the run did not visit. */
export function leftOutRow({ id, name, reason, detail }: LeftOutAccount): AccountRow {
  return {
    account: { id, name },
    class: 'left-out',
    requestId: null,
    ending: null,
    leftOut: { reason, detail },
    ...nothingRead,
  };
}

/** An account that was to be visited and of which the trail holds nothing. */
export function neverBegunRow(run: string, account: PlannedAccount, at: string): AccountRow {
  return {
    account,
    class: 'failed',
    requestId: accountRequestId(run, account.id),
    ending: {
      ending: 'failed',
      code: 'never-begun',
      summary: `Nothing is recorded for account ${account.id}: every try to begin it failed, or it was refused. Nothing was changed there.`,
      at,
    },
    leftOut: null,
    ...nothingRead,
  };
}

/** An account that was visited, and what has changed there since an earlier run; null where there was none. */
export function visitedRow(
  account: PlannedAccount,
  ended: EndedEntry,
  before: RootCredentials | null,
): AccountRow {
  const { after, at, code, ending, requestId, summary } = ended;
  const credentials = credentialsRead(ended);
  return {
    account,
    class: classIn(ended, credentials),
    requestId,
    ending: { ending, code, summary, at },
    leftOut: null,
    credentials,
    results: after !== null && 'results' in after ? after.results : null,
    plan: planIn(after),
    ...changesBetween(before, credentials),
  };
}

/** By what was read back and by nothing else; what was not read is unknown, and never clean. */
function classIn({ ending }: EndedEntry, credentials: RootCredentials | null): AccountClass {
  switch (ending) {
    case 'refused':
    case 'failed':
    case 'superseded':
      return 'failed';
    case 'succeeded':
    case 'nothing-to-do':
    case 'rehearsed':
      return credentials === null ? 'unknown' : classOf(credentials);
    default:
      return ending satisfies never;
  }
}

function planIn(after: EndedEntry['after']): AccountRow['plan'] {
  if (after === null || !isRemovalPlan(after)) return null;
  const { keep, remove, sha256 } = after;
  return { keep, remove, sha256 };
}
