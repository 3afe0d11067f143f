import type { Recurrence } from '../timetable.ts';

const atForm = /^at\((?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)$/;

/** The moment of `at(2026-11-20T14:00:00)`, in UTC; null for any other expression. */
export function oneTimeOf(expression: string): Recurrence | null {
  const time = atForm.exec(expression)?.groups?.time;
  if (time === undefined) return null;
  const firstAt = Date.parse(`${time}Z`);
  return Number.isNaN(firstAt) ? null : { firstAt, periodMs: Number.POSITIVE_INFINITY };
}
