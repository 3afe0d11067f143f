/** SNS takes fewer than 100 printable ASCII characters for a subject. Source: SNS API reference, Publish. */
const longest = 99;
/** What a ticket's id keeps of it where the target's name is long as well. */
const ticketKept = 20;
const gap = '...';

/** A text as SNS takes it for a subject. */
export function subjectOf(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, longest);
}

/**
 * The subject of an ending, of fixed form: how it ended, which root task, on what, for which ticket. How it ended and
 * the root task are always whole; then the target, whose two ends tell more than its middle, then the ticket.
 */
export function endingSubject(
  ending: string,
  task: string | undefined,
  target: string | null,
  ticket: string | undefined,
): string {
  const head = `rootdesk ${ending}: ${task ?? 'approval'}`;
  if (ticket === undefined && target === null) return subjectOf(`${head} without a ticket`);
  const name = target ?? '';
  const id = ticket ?? 'without a ticket';
  const room = longest - head.length - (name === '' ? 1 : 2);
  const shortId = abridged(id, Math.max(ticketKept, room - name.length));
  return subjectOf(
    [head, abridged(name, room - shortId.length), shortId].filter((part) => part !== '').join(' '),
  );
}

/** A text of at most so many characters: its beginning and its end where it is longer. */
function abridged(text: string, length: number): string {
  if (text.length <= length) return text;
  const kept = Math.max(0, length - gap.length);
  const end = Math.floor(kept / 2);
  return `${text.slice(0, kept - end)}${gap}${text.slice(text.length - end)}`;
}
