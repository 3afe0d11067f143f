import type { Recurrence } from '../timetable.ts';

const minute = 60_000;
const units: Readonly<Record<string, number>> = { minute, hour: 60 * minute, day: 24 * 60 * minute };

const rateForm = /^rate\((?<count>[1-9]\d*) (?<unit>minute|hour|day)(?<plural>s?)\)$/;
const cronForm = /^cron\((?<minute>\*|\d{1,2}) (?<hour>\*|\d{1,2}) \* \* \? \*\)$/;

/**
 * When a schedule is due that was made now: a rate after each period, a cron expression at its time of day in UTC.
 * Source: Amazon EventBridge User Guide, "Creating a rule that runs on a schedule".
 */
export function recurrenceOf(expression: string, now: number): Recurrence {
  return rateOf(expression, now) ?? cronOf(expression, now) ?? refuse(expression);
}

function rateOf(expression: string, now: number): Recurrence | null {
  const { count, unit = '', plural } = rateForm.exec(expression)?.groups ?? {};
  // EventBridge takes neither "1 minutes" nor "5 minute".
  if (count === undefined || (count === '1') !== (plural === '')) return null;
  const periodMs = Number(count) * (units[unit] ?? minute);
  return { firstAt: now + periodMs, periodMs };
}

function cronOf(expression: string, now: number): Recurrence | null {
  const groups = cronForm.exec(expression)?.groups;
  const atMinute = numberOf(groups?.minute, 59);
  const atHour = numberOf(groups?.hour, 23);
  // Each minute of one hour is no row with one period.
  if (atMinute === null || atHour === null || (atMinute === '*' && atHour !== '*')) return null;
  const [offset, periodMs] =
    atMinute === '*'
      ? [0, minute]
      : atHour === '*'
        ? [atMinute * minute, 60 * minute]
        : [(atHour * 60 + atMinute) * minute, 24 * 60 * minute];
  return { firstAt: (Math.floor((now - offset) / periodMs) + 1) * periodMs + offset, periodMs };
}

function numberOf(text: string | undefined, most: number): number | '*' | null {
  if (text === undefined || text === '*') return text ?? null;
  return Number(text) <= most ? Number(text) : null;
}

function refuse(expression: string): never {
  throw new Error(
    `the sandbox models rate(n minutes|hours|days) and cron(minute hour * * ? *), not the schedule ${expression}`,
  );
}
