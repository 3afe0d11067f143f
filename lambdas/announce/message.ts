import type * as z from 'zod';
import { shown } from '../../contract/shown.ts';
import { describeTarget, nameOf, type Target, targetSchemaOf } from '../../contract/target.ts';
import type { ApprovedEntry, EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import { understand } from '../root-task/steps/understand.ts';
import { diagnosisRows } from './diagnosis-told.ts';
import type { Tampering } from './news.ts';
import { endingSubject, subjectOf } from './subject.ts';

/** What on-call reads. */
export interface Message {
  readonly subject: string;
  readonly body: string;
}

const labelWidth = 15;

/** Rows of a label and a text, aligned so that they read well in plain e-mail. */
function rowsOf(rows: readonly (readonly [string, string | null | undefined])[]): string {
  const told = rows.filter(([, text]) => text !== null && text !== undefined && text !== '');
  const width = Math.max(labelWidth, ...told.map(([label]) => label.length + 1));
  return told.map(([label, text]) => `${`${label}:`.padEnd(width)} ${text}`).join('\n');
}

/** The people behind an ending: from the recorded approval, or from what a refused event could be read of. */
export function peopleOf(entry: EndedEntry | RefusedEntry, approved: ApprovedEntry | null) {
  if (approved !== null) {
    const { requestedBy } = understand({ detail: approved.approval });
    const { counted, required } = approved.authorizedBy;
    const approvals = counted.map(({ approver, approvedAt }) => `${approver} on ${approvedAt}`);
    return { requestedBy, approvals: required === 0 ? ['the settings, by schedule'] : approvals };
  }
  if (entry.kind !== 'refused' || entry.received.truncated) return { requestedBy: null, approvals: [] };
  const { requestedBy, approvers } = understand(JSON.parse(entry.received.text));
  return { requestedBy, approvals: approvers.map((approver) => `${approver} (not believed)`) };
}

/** The target, where the entry holds one that is understood. */
function targetOf({ task, target }: EndedEntry | RefusedEntry): Target | null {
  if (task === undefined) return null;
  const schema: z.ZodType<Target> = targetSchemaOf(task);
  const read = schema.safeParse(target);
  return read.success ? read.data : null;
}

/** The target in a sentence, where the entry holds one that is understood. */
export function targetText(entry: EndedEntry | RefusedEntry): string | null {
  const target = targetOf(entry);
  return target === null ? null : describeTarget(target);
}

/** What a run across the organization came to: its counts, and where its report is. */
function runRows(entry: EndedEntry | RefusedEntry): (readonly [string, string])[] {
  if (entry.kind !== 'ended' || entry.after === null || !('counts' in entry.after)) return [];
  const { appeared, counts, report } = entry.after;
  const { clean, failed, leftOut, unknown, withCredentials } = counts;
  return [
    [
      'Accounts',
      `${clean} clean, ${withCredentials} with credentials, ${unknown} unknown, ${leftOut} left out, ${failed} failed`,
    ],
    ['Appeared', `${appeared} credentials since the run before`],
    ['Report', `s3://${report.bucket}/${report.prefix}`],
  ];
}

/** The message for an ending: what happened, to which resource, on whose approval, and what to do next. */
export function endingMessage(entry: EndedEntry | RefusedEntry, approved: ApprovedEntry | null): Message {
  const { ticket, task } = entry;
  const target = targetOf(entry);
  const people = peopleOf(entry, approved);
  const facts = rowsOf([
    ['Ending', `${entry.ending} (${entry.code})`],
    ['Task', task],
    ['Target', target === null ? null : describeTarget(target)],
    ['Ticket', ticket === undefined ? null : `${ticket.system} ${ticket.id} ${ticket.url}`],
    ['Requested by', people.requestedBy],
    ['Approved by', people.approvals.join(', ')],
    ['At', entry.at],
    ...runRows(entry),
  ]);
  const reasons =
    entry.kind === 'refused'
      ? entry.reasons.map(
          ({ code, path, message }) => `  - ${path === undefined ? '' : `${path}: `}${message} [${code}]`,
        )
      : [];
  const diagnosis = entry.kind === 'ended' ? rowsOf(diagnosisRows(entry)) : '';
  const record = rowsOf([
    ['Request', entry.kind === 'refused' ? (entry.refusedRequestId ?? null) : entry.requestId],
    ['Closes', entry.closes],
    ['Trail entry', `${entry.requestId} # ${entry.sequence}`],
    ['Entry sha256', entry.hash],
  ]);
  return {
    subject: endingSubject(entry.ending, task, target === null ? null : nameOf(target), ticket?.id),
    body: [
      entry.summary,
      ...(reasons.length > 0 ? [`Reasons:\n${reasons.join('\n')}`] : []),
      ...(entry.remedy === null ? [] : [`What to do next:\n${entry.remedy}`]),
      facts,
      ...(diagnosis === '' ? [] : [diagnosis]),
      record,
    ].join('\n\n'),
  };
}

/** Of a key, which has up to 2 KB, this many characters, each in up to nine bytes: a message has 256 KB. */
const keyShown = 400;
const changesNamed = 50;

/** The page for a trail that somebody touched. What they put into a key makes no line of its own here. */
export function tamperingMessage(changes: readonly [Tampering, ...Tampering[]]): Message {
  const named = changes.slice(0, changesNamed).map(({ key, what }) => `${shown(key, keyShown)} ${what}`);
  const list = named.map((change) => `  - ${change}`);
  if (changes.length > list.length) list.push(`  - and ${changes.length - list.length} more`);
  return {
    subject: subjectOf('rootdesk ALERT: the audit trail was changed'),
    body: [
      changes.length === 1
        ? `The audit trail was changed: ${named.join()}. rootdesk only ever appends; it did not do this.`
        : `The audit trail was changed in ${changes.length} places. rootdesk only ever appends; it did not do this.\n${list.join('\n')}`,
      'What to do next:\nTreat it as an incident. Look up the change in CloudTrail (DynamoDB data events) of the account in which rootdesk runs, restore the table to a point before it beside the present one, and compare.',
    ].join('\n\n'),
  };
}
