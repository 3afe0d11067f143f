/** A span of time, from its first instant on and before its last. */
export interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** The index follows the table within seconds; what is slower than this is nobody's. */
const overlapMilliseconds = 60 * 60_000;
/** One list is held at a time: that of a flood is too large for three days at once. */
const sliceMilliseconds = 6 * 60 * 60_000;

/**
 * What of a span is to be looked at, newest first, when all of `told` was told before: what came since, then what an
 * earlier run had no time for.
 */
export function untold(span: Span, told: Span | null): Span[] {
  if (told === null) return [span];
  const overlap = Math.max(told.until.getTime() - overlapMilliseconds, told.from.getTime());
  return [
    { from: new Date(Math.max(overlap, span.from.getTime())), until: span.until },
    { from: span.from, until: new Date(Math.min(told.from.getTime(), span.until.getTime())) },
  ].filter(({ from, until }) => from < until);
}

/** The same time in slices of six hours at most, newest first. */
export function slicesOf(spans: readonly Span[]): Span[] {
  return spans.flatMap(({ from, until }) => {
    const slices: Span[] = [];
    for (let end = until; end > from; ) {
      const start = new Date(Math.max(end.getTime() - sliceMilliseconds, from.getTime()));
      slices.push({ from: start, until: end });
      end = start;
    }
    return slices;
  });
}
