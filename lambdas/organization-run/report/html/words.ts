import type { CredentialKind, LastUse } from '../../../../contract/root-credentials.ts';
import type { OrganizationTask } from '../../../../contract/root-tasks.ts';
import type { CredentialResult } from '../../../../contract/trail-states.ts';
import { daysBetween } from '../account-view.ts';
import type { AccountClass, RunReport } from '../run-report.ts';
import { grouped } from './html.ts';

export const classWords: Readonly<
  Record<AccountClass, { readonly title: string; readonly meaning: string }>
> = {
  'with-credentials': { title: 'With credentials', meaning: 'something is there' },
  unknown: { title: 'Unknown', meaning: 'not everything could be read' },
  failed: { title: 'Failed', meaning: 'the visit did not do what it should' },
  clean: { title: 'Clean', meaning: 'everything was read, nothing is there' },
  'left-out': { title: 'Left out', meaning: 'not visited' },
};

/** The kinds as headings of columns. */
export const kindTitles: Readonly<Record<CredentialKind, string>> = {
  accessKeys: 'Access keys',
  signingCertificates: 'Signing certificates',
  password: 'Password',
  mfaDevices: 'MFA devices',
};

export const resultWords: Readonly<
  Record<CredentialResult['result'], { readonly title: string; readonly meaning: string }>
> = {
  gone: { title: 'gone', meaning: 'read back as gone' },
  'still-there': { title: 'still there', meaning: 'AWS refused, or it shows again' },
  unknown: { title: 'unknown', meaning: 'could not be read back' },
  kept: { title: 'kept', meaning: 'was never meant to go' },
  appeared: {
    title: 'appeared meanwhile',
    meaning: 'was not there when the deletion was recorded: left alone',
  },
};

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** An instant as a person reads it: "21 November 2026, 14:42 UTC". */
export function instantInWords(instant: string): string {
  const date = new Date(instant);
  const clock = date.toISOString().slice(11, 16);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}, ${clock} UTC`;
}

/** What the run did, as a heading. */
export function taskInWords({ task, dryRun }: Pick<RunReport, 'task' | 'dryRun'>): string {
  return dryRun ? `Rehearsal: ${taskTitle(task).toLowerCase()}` : taskTitle(task);
}

function taskTitle(task: OrganizationTask): string {
  switch (task) {
    case 'audit-root-credentials':
      return 'Audit of root credentials';
    case 'delete-root-credentials':
      return 'Deletion of root credentials';
    default: {
      const never: never = task;
      throw new TypeError(`no task across the organization: ${String(never)}`);
    }
  }
}

/** "1 account", "1,234 accounts". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A span of days, as exact as a person needs it: "12 days", "2.4 years". */
export function daysInWords(days: number): string {
  return days < 730 ? counted(days, 'day') : `${(days / 365.25).toFixed(1)} years`;
}

/** "812 days old"; what AWS did not say is said to be unknown. */
export function ageInWords(ageDays: number | null): string {
  return ageDays === null ? 'age unknown' : `${daysInWords(ageDays)} old`;
}

/** When a credential was last used, counted from the end of the run. */
export function useInWords(lastUsed: LastUse, endedAt: string): string {
  switch (lastUsed.state) {
    case 'present': {
      const days = daysBetween(lastUsed.at, endedAt);
      const place = [lastUsed.service, lastUsed.region].filter((part) => part !== null).join(', ');
      const when = days === 0 ? 'used on the day of the run' : `used ${daysInWords(days)} ago`;
      return place === '' ? when : `${when} (${place})`;
    }
    case 'absent':
      return 'never used';
    case 'unknown':
      return `last use unknown (${lastUsed.reason})`;
    default: {
      const never: never = lastUsed;
      throw new TypeError(`no last use: ${JSON.stringify(never)}`);
    }
  }
}
