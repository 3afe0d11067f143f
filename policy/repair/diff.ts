/** A line that both texts have, or only the old one, or only the new one. */
interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

const around = 3;

/**
 * Difference of two texts, line by line, as a unified diff without file names: what goes (`-`), what comes (`+`), and
 * three lines around it. Empty where nothing differs.
 */
export function lineDiff(before: string, after: string): string {
  const lines = compared(before.split('\n'), after.split('\n'));
  const changed = lines.flatMap(({ sign }, place) => (sign === ' ' ? [] : [place]));
  const isShown = new Set(
    changed.flatMap((place) => [...Array(2 * around + 1).keys()].map((by) => place + by - around)),
  );
  const written: string[] = [];
  let old = 1;
  let fresh = 1;
  lines.forEach(({ sign, text }, place) => {
    if (isShown.has(place)) {
      if (!isShown.has(place - 1) || place === 0) written.push(header(lines, place, isShown, old, fresh));
      written.push(`${sign}${text}`);
    }
    if (sign !== '+') old += 1;
    if (sign !== '-') fresh += 1;
  });
  return written.join('\n');
}

function header(
  lines: readonly Line[],
  from: number,
  isShown: ReadonlySet<number>,
  old: number,
  fresh: number,
) {
  let to = from;
  while (isShown.has(to) && to < lines.length) to += 1;
  const hunk = lines.slice(from, to);
  const count = (other: Line['sign']) => hunk.filter(({ sign }) => sign !== other).length;
  return `@@ -${old},${count('+')} +${fresh},${count('-')} @@`;
}

/**
 * For each number of edits, how many old lines can be passed with it; one entry for each diagonal. On the diagonals of
 * `edits` there are from `edits` more new lines than old ones (entry 0) to as many fewer (the last).
 */
type Reached = readonly (readonly number[])[];

/**
 * E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): the time goes with the number of lines that
 * differ, so a small change in a long policy is quick.
 */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const reached: number[][] = [];
  for (let edits = 0; edits <= before.length + after.length; edits += 1) {
    const last = reached.at(-1) ?? [];
    const next: number[] = [];
    for (let entry = 0; entry <= edits; entry += 1) {
      const diagonal = 2 * entry - edits;
      let x = isByNew(entry, edits, last) ? (last[entry] ?? 0) : (last[entry - 1] ?? 0) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      next.push(x);
      if (x >= before.length && x - diagonal >= after.length) {
        reached.push(next);
        return backwards(before, after, reached);
      }
    }
    reached.push(next);
  }
  throw new Error('two texts differ by all their lines at most');
}

/** Whether the way to a diagonal ends with a line that is new (or with none), and not with one that is gone. */
const isByNew = (entry: number, edits: number, last: readonly number[]) =>
  entry === 0 || (entry !== edits && (last[entry - 1] ?? 0) < (last[entry] ?? 0));

function backwards(before: readonly string[], after: readonly string[], reached: Reached): Line[] {
  const lines: Line[] = [];
  let x = before.length;
  let y = after.length;
  const unchangedTo = (oldLines: number) => {
    for (; x > oldLines; x -= 1, y -= 1) lines.push({ sign: ' ', text: before[x - 1] ?? '' });
  };
  for (let edits = reached.length - 1; edits > 0; edits -= 1) {
    const last = reached[edits - 1] ?? [];
    const entry = (x - y + edits) / 2;
    if (isByNew(entry, edits, last)) {
      unchangedTo(last[entry] ?? 0);
      y -= 1;
      lines.push({ sign: '+', text: after[y] ?? '' });
    } else {
      unchangedTo((last[entry - 1] ?? 0) + 1);
      x -= 1;
      lines.push({ sign: '-', text: before[x] ?? '' });
    }
  }
  unchangedTo(0);
  return lines.reverse();
}
