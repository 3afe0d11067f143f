const dayMilliseconds = 24 * 60 * 60 * 1000;

/** A day of UTC: its name, and the span from its first instant on and before the first of the next. */
export interface Day {
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
}

/** The days before the one that `now` is in, newest first. */
export function daysBefore(now: Date, count: number): Day[] {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return Array.from({ length: count }, (_, index) => {
    const from = new Date(today - (index + 1) * dayMilliseconds);
    return { name: from.toISOString().slice(0, 10), from, to: new Date(from.getTime() + dayMilliseconds) };
  });
}
