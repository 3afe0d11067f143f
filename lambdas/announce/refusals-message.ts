import type { RefusedEntry } from '../../contract/trail-entry.ts';
import { understand } from '../root-task/steps/understand.ts';
import { type Message, targetText } from './message.ts';
import { subjectOf } from './subject.ts';

/** SNS takes 256 KB; what else is in the message has its own limits. Source: SNS API reference, Publish. */
const linesBytes = 200 * 1024;
const lineLength = 400;
const groupsNamed = 20;

/** The message for several refusals: how many for which reason and from whom, then each of them in a line. */
export function refusalsMessage(entries: readonly [RefusedEntry, ...RefusedEntry[]]): Message {
  const count = entries.length;
  const times = entries.map(({ at }) => at).sort();
  const lines = fitting(entries.map(lineOf));
  const unnamed = count - lines.length;
  return {
    subject: subjectOf(`rootdesk refused: ${count} approvals, told together`),
    body: [
      `${count} approvals were refused between ${times[0]} and ${times.at(-1)}. Nothing was opened or changed by any of them. Refusals that come many at a time are told together, so that they hide nothing else.`,
      `By first reason:\n${groups(entries.map(({ code }) => code))}`,
      `By source:\n${groups(entries.map(sourceOf))}`,
      `Refused:\n${lines.join('\n')}${unnamed === 0 ? '' : `\n  and ${unnamed} more, not named here`}`,
      'What to do next:\nIf nobody expects them, ask who runs the source what it sends, and why so much of it. Each refusal stands in the audit trail under its entry, with all its reasons and the event as it came.',
    ].join('\n\n'),
  };
}

/** One refusal: ticket, task and target as far as they could be read, the first reason, and where the record is. */
function lineOf(entry: RefusedEntry): string {
  const { reasons, refusedRequestId, requestId, sequence, task, ticket } = entry;
  const what = [ticket?.id ?? 'no ticket', task ?? 'no root task', targetText(entry) ?? 'no target'];
  const [first] = reasons;
  const why =
    first === undefined ? '' : `${first.path === undefined ? '' : `${first.path}: `}${first.message}`;
  const where = `[${entry.code}] (${requestId} # ${sequence}${refusedRequestId === undefined ? '' : `, request ${refusedRequestId}`})`;
  return `  - ${clipped(`${what.join(', ')}: ${why}`)} ${clipped(where)}`;
}

function clipped(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?');
  return plain.length > lineLength ? `${plain.slice(0, lineLength).toWellFormed()}...` : plain;
}

/** As many lines as a message holds. */
function fitting(lines: readonly string[]): string[] {
  let bytes = 0;
  return lines.filter((line) => {
    bytes += Buffer.byteLength(line) + 1;
    return bytes <= linesBytes;
  });
}

/** Whoever the event said it was from; a source is not believed for being named. */
function sourceOf({ received }: RefusedEntry): string {
  if (received.truncated) return 'unknown (the event is too large)';
  return understand(JSON.parse(received.text)).envelope.source ?? 'unknown';
}

/** How often each name comes, the most frequent first. */
function groups(names: readonly string[]): string {
  const counted = Map.groupBy(names, (name) => name);
  const sorted = [...counted].map(([name, same]) => [name, same.length] as const).sort((a, b) => b[1] - a[1]);
  const lines = sorted.slice(0, groupsNamed).map(([name, count]) => `  - ${clipped(name)}: ${count}`);
  const more = sorted.length - lines.length;
  return [...lines, ...(more > 0 ? [`  - and ${more} others`] : [])].join('\n');
}
