import * as z from 'zod';

const form = /^P(?=.)(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/;

const expected = 'expected an ISO 8601 duration of days, hours, minutes or seconds, for example "PT24H"';

/** An ISO 8601 duration of days, hours, minutes and seconds (months and years have no fixed length). */
export const duration = z.string(expected).regex(form, { error: expected, abort: true });

/** Length of a duration in milliseconds. Throws a RangeError for text that `duration` would refuse. */
export function milliseconds(text: string): number {
  const parts = form.exec(text);
  if (parts === null) throw new RangeError(`not an ISO 8601 duration: ${text}`);
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000;
}
