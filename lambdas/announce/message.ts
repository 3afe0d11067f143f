import { rootTasks } from '../../contract/root-tasks.ts';
import { describeTarget, targetSchemas } from '../../contract/target.ts';
import type { ApprovedEntry, EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import { understand } from '../root-task/steps/understand.ts';
import type { Change } from './change.ts';

/** What on-call reads. */
export interface Message {
  readonly subject: string;
  readonly body: string;
}

/** SNS takes fewer than 100 printable ASCII characters for a subject. Source: SNS API reference, Publish. */
function subjectOf(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 99);
}

/** Rows of a label and a text, aligned so that they read well in plain e-mail. */
function rowsOf(rows: readonly (readonly [string, string | null | undefined])[]): string {
  return rows
    .filter(([, text]) => text !== null && text !== undefined && text !== '')
    .map(([label, text]) => `${`${label}:`.padEnd(15)} ${text}`)
    .join('\n');
}

/** The people behind an ending: from the recorded approval, or from what a refused event could be read of. */
export function peopleOf(entry: EndedEntry | RefusedEntry, approved: ApprovedEntry | null) {
  if (approved !== null) {
    const { requestedBy } = understand({ detail: approved.approval });
    const approvals = approved.authorizedBy.counted.map(
      ({ approver, approvedAt }) => `${approver} on ${approvedAt}`,
    );
    return { requestedBy, approvals };
  }
  if (entry.kind !== 'refused' || entry.received.truncated) return { requestedBy: null, approvals: [] };
  const { requestedBy, approvers } = understand(JSON.parse(entry.received.text));
  return { requestedBy, approvals: approvers.map((approver) => `${approver} (not believed)`) };
}

/** The target in a sentence, where the entry holds one that is understood. */
function targetText({ task, target }: EndedEntry | RefusedEntry): string | null {
  if (task === undefined) return null;
  const read = targetSchemas[rootTasks[task].target].safeParse(target);
  return read.success ? describeTarget(read.data) : null;
}

/** The message for an ending: what happened, to which resource, on whose approval, and what to do next. */
export function endingMessage(entry: EndedEntry | RefusedEntry, approved: ApprovedEntry | null): Message {
  const { ticket, task } = entry;
  const people = peopleOf(entry, approved);
  const facts = rowsOf([
    ['Ending', `${entry.ending} (${entry.code})`],
    ['Task', task],
    ['Target', targetText(entry)],
    ['Ticket', ticket === undefined ? null : `${ticket.system} ${ticket.id} ${ticket.url}`],
    ['Requested by', people.requestedBy],
    ['Approved by', people.approvals.join(', ')],
    ['At', entry.at],
  ]);
  const reasons =
    entry.kind === 'refused'
      ? entry.reasons.map(
          ({ code, path, message }) => `  - ${path === undefined ? '' : `${path}: `}${message} [${code}]`,
        )
      : [];
  const record = rowsOf([
    ['Request', entry.kind === 'refused' ? (entry.refusedRequestId ?? null) : entry.requestId],
    ['Trail entry', `${entry.requestId} # ${entry.sequence}`],
    ['Entry sha256', entry.hash],
  ]);
  return {
    subject: subjectOf(
      `rootdesk ${entry.ending}: ${task ?? 'approval'} ${ticket?.id.slice(0, 40) ?? 'without a ticket'}`,
    ),
    body: [
      entry.summary,
      ...(reasons.length > 0 ? [`Reasons:\n${reasons.join('\n')}`] : []),
      ...(entry.remedy === null ? [] : [`What to do next:\n${entry.remedy}`]),
      facts,
      record,
    ].join('\n\n'),
  };
}

/** The page for a trail that somebody touched. */
export function tamperingMessage({ key, what }: Extract<Change, { kind: 'tampering' }>): Message {
  return {
    subject: subjectOf('rootdesk ALERT: the audit trail was changed'),
    body: [
      `The audit trail was changed: ${key} ${what}. rootdesk only ever appends; it did not do this.`,
      'What to do next:\nTreat it as an incident. Look up the change in CloudTrail (DynamoDB data events) of the account in which rootdesk runs, restore the table to a point before it beside the present one, and compare.',
    ].join('\n\n'),
  };
}
