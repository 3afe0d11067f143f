import { type RootTaskName, rootTasks } from '../../contract/root-tasks.ts';
import { type OneTarget, type TargetOf, wordFor } from '../../contract/target.ts';
import type { PolicyState } from '../../contract/trail-entry.ts';
import type { RootSession } from './adapters/root-sessions.ts';
import type { PolicyVerb } from './policies/verb.ts';
import type { DeniedInSession, Failed, RootTask } from './root-task.ts';
import { workOn } from './steps/work.ts';

/** The target as `inspect` found it, and the two things that may be done where it was found. */
export interface Inspected {
  readonly kind: 'inspected';
  /** What is there now. */
  readonly before: PolicyState;
  /** Reads the target again. */
  readonly look: () => Promise<PolicyState | Failed | DeniedInSession>;
  /**
   * Leaves this policy, or none: one call, never tried again by itself, because its unknown result must be read back.
   */
  readonly change: (intended: PolicyState) => Promise<'sent' | Failed | DeniedInSession>;
}

/** How late AWS may show a change of the target, in milliseconds: what reading back has to reckon with. */
export interface Showing {
  /** How far two reads of an unchanged target must lie apart before a retry believes them. */
  readonly settle: number;
  /** Waits before each further read after a change; all of them fit into a run. */
  readonly patience: readonly number[];
  /** The bound that AWS gives, counted from the change: until then "unchanged" means nothing. Null: it gives none. */
  readonly bound: number | null;
}

/** A root task on a resource policy: how it finds its target in a root session, and what it does to the policy. */
export interface ResourcePolicyTask {
  readonly name: RootTaskName;
  readonly showing: Showing;
  readonly verb: PolicyVerb;
  readonly inspect: (
    session: RootSession,
    target: OneTarget,
  ) => Promise<Inspected | Failed | DeniedInSession>;
}

interface ResourcePolicyTaskOf<Name extends RootTaskName> {
  readonly name: Name;
  readonly showing: Showing;
  readonly verb: PolicyVerb;
  readonly inspect: (
    session: RootSession,
    target: TargetOf<Name>,
  ) => Promise<Inspected | Failed | DeniedInSession>;
}

/** Makes a root task of what its row says it acts on: it is handed targets of its own kind only. */
export function resourcePolicyTask<Name extends RootTaskName>(
  task: ResourcePolicyTaskOf<Name>,
): RootTask & ResourcePolicyTask {
  const isOwn = (target: OneTarget): target is TargetOf<Name> =>
    wordFor(target) === rootTasks[task.name].target;
  const whole: ResourcePolicyTask = {
    ...task,
    inspect: async (session, target) => {
      if (!isOwn(target)) throw new Error(`${task.name} was handed a ${wordFor(target)}`);
      return task.inspect(session, target);
    },
  };
  const { prepare } = task.verb;
  return {
    ...whole,
    ...(prepare === undefined ? {} : { prepare }),
    work: (claimed, session, lane) => workOn(claimed, session, whole, lane),
  };
}
