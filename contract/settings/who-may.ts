import { means } from '../address.ts';
import { pathText } from '../faults.ts';
import type { ApprovableTask } from '../root-tasks.ts';
import type { Settings } from '../settings.ts';
import { taskSettingsOf } from './task-settings.ts';
import type { TicketSource } from './ticket-source.ts';

/** A list of people in the settings, and where it stands there. */
export interface PeopleList {
  readonly path: readonly PropertyKey[];
  readonly entries: readonly string[];
}

/**
 * The lists that must all hold an approver: the ticket source's own and the root task's own, those of them that are
 * given; the common list where neither is.
 */
export function approverListsOf(
  settings: Settings,
  source: TicketSource | undefined,
  task: ApprovableTask,
): readonly PeopleList[] {
  const index = source === undefined ? -1 : settings.ticketSources.indexOf(source);
  const own = [
    ...listAt(['ticketSources', index, 'approvers'], source?.approvers),
    ...listAt(['tasks', task, 'approvers'], taskSettingsOf(settings, task).approvers),
  ];
  return own.length > 0 ? own : listAt(['approvers'], settings.approvers);
}

/** Who may ask for a root task: its own list, or else the common one; undefined where anybody may. */
export function requesterListOf(settings: Settings, task: ApprovableTask): PeopleList | undefined {
  const [own] = listAt(['tasks', task, 'requesters'], taskSettingsOf(settings, task).requesters);
  const [common] = listAt(['requesters'], settings.requesters);
  return own ?? common;
}

/** Whether a plain address is on a list. */
export function isOn({ entries }: PeopleList, address: string): boolean {
  return entries.some((entry) => means(entry, address));
}

/** A list in a sentence: `tasks.unlock-s3-bucket.approvers`. */
export function listName({ path }: PeopleList): string {
  return pathText(path);
}

function listAt(path: readonly PropertyKey[], entries: readonly string[] | undefined): PeopleList[] {
  return entries === undefined ? [] : [{ path, entries }];
}
