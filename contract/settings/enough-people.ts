import { isDomain, personOf } from '../address.ts';
import { pathText } from '../faults.ts';
import { type ApprovableTask, approvableTasks, isOrganizationTask, rootTasks } from '../root-tasks.ts';
import type { Settings } from '../settings.ts';
import type { Contradiction } from './contradictions.ts';
import { requiredApprovalsOf, taskSettingsOf } from './task-settings.ts';
import { mayApprove, type TicketSource } from './ticket-source.ts';
import { approverListsOf, isOn, listName, type PeopleList, requesterListOf } from './who-may.ts';

/** Lists and numbers under which a root task could never be approved: one fault for each, however many tasks have it. */
export function tooFewPeople(settings: Settings): Contradiction[] {
  const faults = approvableTasks.flatMap((task) =>
    settings.ticketSources
      .filter((source) => mayApprove(source, task))
      .flatMap((source) => tooFewThrough(settings, source, task)),
  );
  return [...Map.groupBy(faults, ({ path }) => pathText(path)).values()].flatMap((same) => same.slice(0, 1));
}

function tooFewThrough(settings: Settings, source: TicketSource, task: ApprovableTask): Contradiction[] {
  const lists = approverListsOf(settings, source, task);
  const [first, second] = lists;
  // An empty list is a fault of its own.
  if (first === undefined || lists.some(({ entries }) => entries.length === 0)) return [];
  const approvers = peopleOnAll(lists);
  if (approvers === 'any number') return [];
  if (approvers.size === 0 && second !== undefined) {
    const message = `expected somebody who is also on ${listName(first)}: an approver must be on both lists`;
    return [{ path: second.path, message }];
  }
  const names = `${lists.length > 1 ? 'those on both ' : ''}${lists.map(listName).join(' and ')}`;
  const needs = needsOf(settings, task);
  const tooMany = needs.filter(({ required }) => approvers.size < required);
  if (tooMany.length > 0) return tooMany.map((need) => tooFewFor(need, task, approvers.size, names));
  const requesters = requesterListOf(settings, task);
  if (needs.every(({ required }) => approvers.size > required) || requesters === undefined) return [];
  const asking = peopleOnAll([requesters]);
  if (asking === 'any number' || asking.size === 0 || ![...asking].every((person) => approvers.has(person)))
    return [];
  const message = `expected a requester who is not among ${names}, or more approvers: nobody approves what they asked for, and all of those are needed`;
  return [{ path: requesters.path, message }];
}

/** How many approvals a task needs, the key that says so, and whether somebody wrote it. */
interface Need {
  readonly required: number;
  readonly key: 'requiredApprovals' | 'organizationRequiredApprovals';
  readonly isGiven: boolean;
}

function needsOf(settings: Settings, task: ApprovableTask): Need[] {
  const given = settings.tasks[task];
  const own = taskSettingsOf(settings, task);
  // A default of a task that nobody is going to use is no contradiction.
  const counts = (need: Need) => need.isGiven || own.enabled;
  const one: Need = {
    required: own.requiredApprovals,
    key: 'requiredApprovals',
    isGiven: given !== undefined && given.requiredApprovals !== rootTasks[task].approvals.one,
  };
  if (!isOrganizationTask(task)) return [one].filter(counts);
  const organization: Need = {
    required: requiredApprovalsOf(settings, task, true),
    key: 'organizationRequiredApprovals',
    isGiven: 'organizationRequiredApprovals' in own && own.organizationRequiredApprovals !== undefined,
  };
  return [one, organization].filter(counts);
}

function tooFewFor({ key, isGiven, required }: Need, task: ApprovableTask, there: number, names: string) {
  const message = `expected at most ${there}, the number of ${names}: more approvals could never be there`;
  const byDefault = `${message}; where nothing is said, ${task} needs ${required}: name more approvers, set this to ${there}, or disable the task`;
  return { path: ['tasks', task, key], message: isGiven || required === 1 ? message : byDefault };
}

/** The people that every list holds; a domain that every list holds is any number of them. */
function peopleOnAll(lists: readonly PeopleList[]): ReadonlySet<string> | 'any number' {
  const entries = lists.flatMap((list) => list.entries).map((entry) => entry.toLowerCase());
  const onAll = entries.filter((entry) => lists.every((list) => isOn(list, entry)));
  return onAll.some(isDomain) ? 'any number' : new Set(onAll.map(personOf));
}
