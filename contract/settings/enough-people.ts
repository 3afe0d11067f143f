import { isDomain, personOf } from '../address.ts';
import { pathText } from '../faults.ts';
import { type RootTaskName, rootTaskNames } from '../root-tasks.ts';
import type { Settings } from '../settings.ts';
import type { Contradiction } from './contradictions.ts';
import { taskSettingsOf } from './task-settings.ts';
import { mayApprove, type TicketSource } from './ticket-source.ts';
import { approverListsOf, isOn, listName, type PeopleList, requesterListOf } from './who-may.ts';

/** Lists and numbers under which a root task could never be approved: one fault for each, however many tasks have it. */
export function tooFewPeople(settings: Settings): Contradiction[] {
  const faults = rootTaskNames.flatMap((task) =>
    settings.ticketSources
      .filter((source) => mayApprove(source, task))
      .flatMap((source) => tooFewThrough(settings, source, task)),
  );
  return [...Map.groupBy(faults, ({ path }) => pathText(path)).values()].flatMap((same) => same.slice(0, 1));
}

function tooFewThrough(settings: Settings, source: TicketSource, task: RootTaskName): Contradiction[] {
  const lists = approverListsOf(settings, source, task);
  const [first, second] = lists;
  // An empty list is a fault of its own.
  if (first === undefined || lists.some(({ entries }) => entries.length === 0)) return [];
  const approvers = peopleOnAll(lists);
  const { requiredApprovals } = taskSettingsOf(settings, task);
  if (approvers === 'any number') return [];
  if (approvers.size === 0 && second !== undefined) {
    const message = `expected somebody who is also on ${listName(first)}: an approver must be on both lists`;
    return [{ path: second.path, message }];
  }
  const names = `${lists.length > 1 ? 'those on both ' : ''}${lists.map(listName).join(' and ')}`;
  if (approvers.size < requiredApprovals) {
    const message = `expected at most ${approvers.size}, the number of ${names}: more approvals could never be there`;
    return [{ path: ['tasks', task, 'requiredApprovals'], message }];
  }
  const requesters = requesterListOf(settings, task);
  if (approvers.size > requiredApprovals || requesters === undefined) return [];
  const asking = peopleOnAll([requesters]);
  if (asking === 'any number' || asking.size === 0 || ![...asking].every((person) => approvers.has(person)))
    return [];
  const message = `expected a requester who is not among ${names}, or more approvers: nobody approves what they asked for, and all of those are needed`;
  return [{ path: requesters.path, message }];
}

/** The people that every list holds; a domain that every list holds is any number of them. */
function peopleOnAll(lists: readonly PeopleList[]): ReadonlySet<string> | 'any number' {
  const entries = lists.flatMap((list) => list.entries).map((entry) => entry.toLowerCase());
  const onAll = entries.filter((entry) => lists.every((list) => isOn(list, entry)));
  return onAll.some(isDomain) ? 'any number' : new Set(onAll.map(personOf));
}
