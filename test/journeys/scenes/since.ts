import type { Answer } from '../../../sandbox/scenario/answer.ts';

const lists = ['calls', 'deadLetters', 'logs', 'notifications', 'outcomes', 'parked', 'tries'] as const;

/** How much was there at some moment. The lists themselves go on growing. */
export interface Mark {
  readonly lengths: Readonly<Record<(typeof lists)[number], number>>;
  readonly entries: ReadonlySet<string>;
}

const placeOf = ({ requestId, sequence }: Answer['trail'][number]) => `${requestId}#${sequence}`;

export function markOf(answer: Answer): Mark {
  const lengths = Object.fromEntries(lists.map((list) => [list, answer[list].length]));
  return { lengths: lengths as Mark['lengths'], entries: new Set(answer.trail.map(placeOf)) };
}

/** What has come since. The organization is what it is now. */
export function since({ lengths, entries }: Mark, answer: Answer): Answer {
  const added = Object.fromEntries(lists.map((list) => [list, answer[list].slice(lengths[list])]));
  return { ...answer, ...added, trail: answer.trail.filter((entry) => !entries.has(placeOf(entry))) };
}
