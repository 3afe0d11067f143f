import type { Recurrence } from '../timetable.ts';

const minute = 60_000;
const units: Readonly<Record<string, number>> = { minute, hour: 60 * minute, day: 24 * 60 * minute };

const rateForm = /^rate\((?<count>[1-9]\d*) (?<unit>minute|hour|day)(?<plural>s?)\)$/;
const cronForm = /^cron\((?<minute>\*|\d{1,2}) (?<hour>\*|\d{1,2}) \* \* \? \*\)$/;
const weeklyForm =
  /^cron\((?<minute>\d{1,2}) (?<hour>\d{1,2}) \? \* (?<day>SUN|MON|TUE|WED|THU|FRI|SAT|[1-7]) \*\)$/;
const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/**
 * When a schedule is due that was made now: a rate after each period, a cron expression at its time of day in UTC, on
 * every day or on one of the week.
 * Source: Amazon EventBridge User Guide, "Creating a rule that runs on a schedule".
 */
export function recurrenceOf(expression: string, now: number): Recurrence {
  return (
    rateOf(expression, now) ?? cronOf(expression, now) ?? weeklyOf(expression, now) ?? refuse(expression)
  );
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

function weeklyOf(expression: string, now: number): Recurrence | null {
  const groups = weeklyForm.exec(expression)?.groups;
  const atMinute = numberOf(groups?.minute, 59);
  const atHour = numberOf(groups?.hour, 23);
  if (typeof atMinute !== 'number' || typeof atHour !== 'number') return null;
  const named = weekDays.indexOf(groups?.day ?? '');
  // EventBridge counts from Sunday, which is 1; the clock counts from a Thursday.
  const day = named === -1 ? Number(groups?.day) - 1 : named;
  const offset = ((day + 3) % 7) * 24 * 60 * minute + (atHour * 60 + atMinute) * minute;
  const periodMs = 7 * 24 * 60 * minute;
  return { firstAt: (Math.floor((now - offset) / periodMs) + 1) * periodMs + offset, periodMs };
}

function numberOf(text: string | undefined, most: number): number | '*' | null {
  if (text === undefined || text === '*') return text ?? null;
  return Number(text) <= most ? Number(text) : null;
}

function refuse(expression: string): never {
  throw new Error(
    `the sandbox models rate(n minutes|hours|days), cron(minute hour * * ? *) and cron(minute hour ? * day *), not the schedule ${expression}`,
  );
}
