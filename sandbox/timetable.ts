/**
 * Something that happens again and again: at `firstAt`, and then after every `periodMs`, for ever; with an infinite
 * period once.
 */
export interface Recurrence {
  readonly firstAt: number;
  readonly periodMs: number;
}

/** Of what is due between two moments that are known, a long row has its beginning and its end only. */
const firstOnes = 24;
const lastOnes = 4;

/** What recurs in a world. It is nothing to wait for: time must pass for another reason. */
export interface Timetable {
  /** Gives what takes it out again. */
  add(recurrence: Recurrence, fire: (dueAt: number) => Promise<void>): () => void;
  /** Time is about to pass up to `until`, or, for null, for as long as something else is to be waited for. */
  begin(until: number | null): void;
  /** When something is due next; infinity when nothing is. */
  nextAt(): number;
  /** Takes out what is due next, to be done at its time. */
  takeNext(): { readonly dueAt: number; readonly fire: () => Promise<void> };
}

interface Row extends Recurrence {
  readonly fire: (dueAt: number) => Promise<void>;
  /** Counted from the first due time, which is 0. */
  next: number;
  skipped: { readonly from: number; readonly to: number } | null;
}

export function createTimetable(): Timetable {
  let rows: readonly Row[] = [];
  // Nothing times infinity is no number.
  const dueAt = (row: Row) => (row.next === 0 ? row.firstAt : row.firstAt + row.next * row.periodMs);

  const nextRow = () =>
    rows.reduce<Row | undefined>((a, b) => (a === undefined || dueAt(b) < dueAt(a) ? b : a), undefined);

  return {
    add(recurrence, fire) {
      const row: Row = { ...recurrence, fire, next: 0, skipped: null };
      rows = [...rows, row];
      return () => {
        rows = rows.filter((one) => one !== row);
      };
    },
    begin(until) {
      for (const row of rows) {
        row.skipped = until === null ? null : middle(row.next, lastIndex(row, until));
      }
    },
    nextAt() {
      const row = nextRow();
      return row === undefined ? Number.POSITIVE_INFINITY : dueAt(row);
    },
    takeNext() {
      const row = nextRow();
      if (row === undefined) throw new Error('nothing recurs');
      const at = dueAt(row);
      row.next += 1;
      if (row.next === row.skipped?.from) row.next = row.skipped.to + 1;
      return { dueAt: at, fire: () => row.fire(at) };
    },
  };
}

/** The last time that it is due by then; -1 when it is not due before. */
function lastIndex({ firstAt, periodMs }: Recurrence, until: number): number {
  return Math.max(-1, Math.floor((until - firstAt) / periodMs));
}

function middle(first: number, last: number): Row['skipped'] {
  const from = first + firstOnes;
  const to = last - lastOnes;
  return from <= to ? { from, to } : null;
}
