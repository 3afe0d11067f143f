import type { RunEnding } from '../../contract/ending.ts';
import { credentialsIn, unknownIn } from '../../contract/root-credentials.ts';
import { describeTarget } from '../../contract/target.ts';
import type { LeftOutAccount } from '../../contract/trail-entry.ts';
import type { AccountCounts, CredentialResult } from '../../contract/trail-states.ts';
import { failure } from '../root-task/failures.ts';
import type { AccountRow } from './report/run-report.ts';
import type { OrganizationRequest } from './run.ts';
import { appearedText, attentionText, countsText, kindsText } from './words.ts';

/** What a run came to, as far as its sentence needs it. */
export interface Collated {
  readonly request: OrganizationRequest;
  readonly rows: readonly AccountRow[];
  readonly counts: AccountCounts;
  /** When the run before it ended; null where there was none. */
  readonly previousAt: string | null;
  /** Where the report is: `s3://bucket/prefix`. */
  readonly reportUri: string;
}

/** The ending of a run. What appeared since the run before comes first: it is what somebody should look at today. */
export function endingOf(collated: Collated): RunEnding {
  const { task, ticket } = collated.request;
  switch (task) {
    case 'audit-root-credentials':
      return ticket.dryRun ? rehearsedAudit(collated) : audited(collated);
    case 'delete-root-credentials':
      return ticket.dryRun ? rehearsedDeletion(collated) : deleted(collated);
    default:
      return task satisfies never;
  }
}

function audited(collated: Collated): RunEnding {
  const { counts, rows } = collated;
  const inPart = counts.unknown > 0 || counts.failed > 0 || rows.some(isReadInPart);
  const next = rows.some(({ appeared }) => appeared.length > 0)
    ? 'Find out who made the new credentials, and why.'
    : counts.withCredentials > 0
      ? 'Root credentials are not needed where root access is central: approve delete-root-credentials, after a look at what was used recently.'
      : 'Nothing more where the accounts that were left out are known.';
  return {
    ending: 'succeeded',
    code: inPart ? 'organization-audited-in-part' : 'organization-audited',
    summary: summary(`Audited the ${where(collated)}`, collated),
    remedy: remedy(
      inPart ? `What is unknown or failed may have credentials: lift what denies the reads. ${next}` : next,
      collated,
    ),
  };
}

function rehearsedAudit(collated: Collated): RunEnding {
  return {
    ending: 'rehearsed',
    code: 'would-audit-organization',
    summary: summary(
      `Rehearsal: an audit only reads, so this is what it finds for the ${where(collated)}`,
      collated,
    ),
    remedy: remedy('A rehearsed audit is none that a deletion may act upon: approve it to run.', collated),
  };
}

function rehearsedDeletion(collated: Collated): RunEnding {
  const plans = collated.rows.flatMap(({ plan }) => plan ?? []);
  const remove = plans.flatMap((plan) => plan.remove);
  const keep = plans.flatMap((plan) => plan.keep);
  return {
    ending: 'rehearsed',
    code: 'would-delete-organization-credentials',
    summary: summary(
      `Rehearsal: ${kindsText(remove)} of the ${where(collated)} would be deleted and ${kindsText(keep)} kept. Nothing was changed`,
      collated,
    ),
    remedy: remedy(
      'The report lists each of them. Send the same approval with "dryRun": false to carry it out.',
      collated,
    ),
  };
}

function deleted(collated: Collated): RunEnding {
  const { counts, request, rows } = collated;
  const results = rows.flatMap((row) => row.results ?? []);
  const of = (...wanted: CredentialResult['result'][]) =>
    results.filter(({ result }) => wanted.includes(result));
  const left = of('still-there', 'unknown');
  const gone = of('gone');
  const kept = of('kept', 'appeared');
  const unseen = rows.filter(({ leftOut }) => leftOut !== null && unseenByAudit.has(leftOut.reason));
  if (left.length > 0 || counts.failed > 0 || (gone.length === 0 && unseen.length > 0)) {
    const said = summary(
      `Not every root credential that was to go is read back as gone: ${kindsText(gone)} of the ${where(collated)} gone, ${kindsText(left)} not, ${kindsText(kept)} kept`,
      collated,
    );
    const { remedy: next, ...failed } = failure(
      'organization-credentials-left',
      request.task,
      request.target,
      said,
    );
    return { ...failed, remedy: remedy(next ?? '', collated) };
  }
  if (gone.length === 0) {
    const there = rows.flatMap(({ credentials }) => (credentials === null ? [] : credentialsIn(credentials)));
    return {
      ending: 'nothing-to-do',
      code: there.length === 0 ? 'organization-without-credentials' : 'all-kept',
      summary: summary(
        `Nothing of the ${where(collated)} was deleted (${kindsText(there)} there and kept)`,
        collated,
      ),
      remedy: remedy('The report names each account and why it was not visited.', collated),
    };
  }
  return {
    ending: 'succeeded',
    code: 'organization-credentials-deleted',
    summary: summary(
      `${kindsText(gone)} of the ${where(collated)} are deleted and read back as gone, ${kindsText(kept)} kept`,
      collated,
    ),
    remedy: remedy(
      unseen.length === 0
        ? 'Audit again to see what is left.'
        : `${unseen.length === 1 ? '1 account was' : `${unseen.length} accounts were`} left out as not read, or not visited, by the audit: nobody knows which credentials are there. Lift what denies the reads, and audit again.`,
      collated,
    ),
  };
}

/** Something is there, and something else could not be read. */
function isReadInPart({ credentials }: AccountRow): boolean {
  return credentials !== null && unknownIn(credentials).length > 0;
}

/** Of these nobody knows what they have. */
const unseenByAudit: ReadonlySet<LeftOutAccount['reason']> = new Set(['not-audited', 'audit-could-not-read']);

const where = ({ request }: Collated) => describeTarget(request.target);

function summary(what: string, { counts, previousAt, rows }: Collated): string {
  const appeared = appearedText(rows);
  const first = attentionText(rows);
  const inPart = rows.filter((row) => row.class === 'with-credentials' && isReadInPart(row)).length;
  return [
    ...(appeared === null ? [] : [`NEW root credentials since the audit of ${previousAt}: ${appeared}.`]),
    `${what}: ${countsText(counts)}.`,
    ...(first === null ? [] : [`Look first at: ${first}.`]),
    ...(inPart === 0 ? [] : [`Of ${inPart} of those with credentials, not every kind could be read.`]),
  ].join(' ');
}

function remedy(next: string, { reportUri }: Collated): string {
  return `Read the report: ${reportUri}report.html (report.csv and report.json beside it). ${next}`;
}
