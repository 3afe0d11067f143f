import { trailEntry } from '../../contract/trail-entry.ts';
import { type Before, isPolicyState } from '../../contract/trail-states.ts';
import type { TrailItem } from '../scenario/trail.ts';

/** What an entry of the trail records, in one sentence without a subject. */
export function describeEntry(item: TrailItem): string {
  const entry = trailEntry.parse(item);
  switch (entry.kind) {
    case 'approved': {
      const approvers = entry.authorizedBy.counted.map(({ approver }) => approver).join(', ');
      return `records the approval of ticket ${entry.ticket?.id} by ${approvers}`;
    }
    case 'planned':
      return `records which accounts are visited: ${entry.accounts.length}, and ${entry.leftOut.length} left out`;
    case 'acting':
      return `keeps ${what(entry.before)} in the trail, before anything is changed`;
    case 'ended':
    case 'refused':
      return `records the ending: ${entry.ending} (${entry.code})`;
    default:
      return entry satisfies never;
  }
}

function what(before: Before): string {
  if (isPolicyState(before)) return `the policy that is there (sha256 ${before.sha256?.slice(0, 12)}…)`;
  return 'what credentials are there';
}

/** An entry in one line: its place, time, kind and hash. */
export function trailLine(item: TrailItem): string {
  const entry = trailEntry.parse(item);
  const kind = 'ending' in entry ? `${entry.kind}: ${entry.ending}` : entry.kind;
  return `#${entry.sequence}  ${entry.at}  ${kind.padEnd(18)} ${entry.hash}`;
}
