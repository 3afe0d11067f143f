import { approvalDetailType } from '../contract/approved-ticket.ts';
import { outcomeSource } from '../contract/outcome-event.ts';
import { isOrganizationTask } from '../contract/root-tasks.ts';
import type { OpenLane } from './open-lanes.ts';
import { PlainFault } from './plain-fault.ts';

/** An EventBridge event pattern, as the rule's JSON holds it. */
export type EventPattern = Readonly<Record<string, unknown>>;

/** Source: EventBridge quotas, "Event pattern size". */
const maximumPatternLength = 2048;

/**
 * The events that a lane takes: approvals of its task from those who may approve it, never a replay's. Where a task
 * also goes across the organization, the lane takes what does not name the organization.
 */
export function lanePattern(lane: OpenLane): EventPattern {
  const { task } = lane;
  const target = isOrganizationTask(task) ? namingTheOrganization(false) : {};
  return withinLimit(`the lane of ${task}`, approvalsOf(lane, target));
}

/** The events that begin a run across the organization: the other half of what a lane of such a task takes. */
export function runPattern(lane: OpenLane): EventPattern {
  return withinLimit(`the runs of ${lane.task}`, approvalsOf(lane, namingTheOrganization(true)));
}

function approvalsOf({ task, sources, accounts }: OpenLane, target: EventPattern): EventPattern {
  return {
    'detail-type': [approvalDetailType],
    source: sources,
    account: accounts,
    'replay-name': [{ exists: false }],
    detail: { task: [task], ...target },
  };
}

/**
 * `exists` looks at leaves: whatever the field holds, exactly one of the two matches. An object or an empty list in
 * it counts as not there, and the lane refuses it for what it is.
 */
function namingTheOrganization(exists: boolean): EventPattern {
  return { target: { organization: [{ exists }] } };
}

/**
 * The complement: what no lane takes and what is not the product's own. Each alternative negates one condition of
 * the lanes, and together they leave nothing out, so that no event on the bus goes unrecorded. An event that a lane
 * takes *and* an alternative matches (a `task` that is an array, say) reaches both; the first entry in the trail wins.
 *
 * `anything-but` never matches a missing field, an empty array or an object, `exists: false` matches exactly those:
 * the two stand together. Of `target.organization` nothing is said here: a lane and the runs of its task take both
 * halves, from the same senders. The values of one field are alternatives, hence "is an approval" in each alternative
 * rather than beside them: "any spelling of it, but not the exact one" cannot be said of one field.
 */
export function refusalPattern(lanes: readonly OpenLane[]): EventPattern {
  const approval = { 'detail-type': [approvalDetailType] };
  return withinLimit('the refusals', {
    $or: [
      {
        'detail-type': [{ 'anything-but': [approvalDetailType] }],
        source: [{ 'anything-but': [outcomeSource] }],
      },
      { ...approval, 'replay-name': [{ exists: true }] },
      { ...approval, ...ofNoLane(lanes) },
      ...bySenders(lanes).flatMap(({ tasks, sources, accounts }) => [
        { ...approval, detail: { task: tasks }, source: [{ 'anything-but': sources }] },
        { ...approval, detail: { task: tasks }, account: [{ 'anything-but': accounts }] },
      ]),
    ],
  });
}

/** Without any lane, every approval is one that no lane takes. */
function ofNoLane(lanes: readonly OpenLane[]): EventPattern {
  const tasks = lanes.map(({ task }) => task);
  return tasks.length === 0 ? {} : { detail: { task: [{ exists: false }, { 'anything-but': tasks }] } };
}

/** Lanes that believe the same senders share their alternatives: a pattern holds 2,048 characters. */
function bySenders(lanes: readonly OpenLane[]) {
  const groups = Map.groupBy(lanes, ({ sources, accounts }) => JSON.stringify([sources, accounts]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, tasks: group.map(({ task }) => task) }];
  });
}

function withinLimit(what: string, pattern: EventPattern): EventPattern {
  const { length } = JSON.stringify(pattern);
  if (length > maximumPatternLength) {
    throw new PlainFault(
      `The event pattern of ${what} has ${length} characters; EventBridge takes ${maximumPatternLength}. ` +
        'It grows with ticketSources (the length of each source, the number of sender accounts): name fewer or shorter ones.',
    );
  }
  return pattern;
}
