import { trailEntry } from '../../contract/trail-entry.ts';
import type { TrailItem } from '../scenario/trail.ts';

/** What an entry of the trail records, in one sentence without a subject. */
export function describeEntry(item: TrailItem): string {
  const entry = trailEntry.parse(item);
  switch (entry.kind) {
    case 'approved': {
      const approvers = entry.authorizedBy.counted.map(({ approver }) => approver).join(', ');
      return `records the approval of ticket ${entry.ticket?.id} by ${approvers}`;
    }
    case 'acting':
      return `keeps the policy that is there in the trail (sha256 ${entry.before.sha256?.slice(0, 12)}…), before anything is changed`;
    case 'ended':
    case 'refused':
      return `records the ending: ${entry.ending} (${entry.code})`;
    default:
      return entry satisfies never;
  }
}

/** An entry in one line: its place, time, kind and hash. */
export function trailLine(item: TrailItem): string {
  const entry = trailEntry.parse(item);
  const kind = 'ending' in entry ? `${entry.kind}: ${entry.ending}` : entry.kind;
  return `#${entry.sequence}  ${entry.at}  ${kind.padEnd(18)} ${entry.hash}`;
}
