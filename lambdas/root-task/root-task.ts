import type { RunEnding } from '../../contract/ending.ts';
import type { RootTaskName } from '../../contract/root-tasks.ts';
import type { Target } from '../../contract/target.ts';
import type { PolicyState } from '../../contract/trail-entry.ts';
import type { RootSession } from './adapters/root-sessions.ts';

/** AWS said no for good, in a root session; the ending says which no it was. */
export interface Failed {
  readonly kind: 'failed';
  readonly ending: Extract<RunEnding, { ending: 'failed' }>;
}

/** AWS said no without saying why; it may be the set-up flickering, so it counts only when it lasts. */
export interface DeniedInSession {
  readonly kind: 'denied-in-session';
  readonly action: string;
  readonly message: string;
}

/** The target as `inspect` found it, and the two things that may be done where it was found. */
export interface Inspected {
  readonly kind: 'inspected';
  /** What is there now. */
  readonly before: PolicyState;
  /** What `act` will leave. */
  readonly intended: PolicyState;
  /** Reads the target again. */
  readonly look: () => Promise<PolicyState | Failed | DeniedInSession>;
  /** Changes the target: one call, never tried again by itself, because its unknown result must be read back. */
  readonly change: () => Promise<'sent' | Failed | DeniedInSession>;
}

/** One root task: how it finds its target in a root session. The pipeline does the rest, the same for every task. */
export interface RootTask<Name extends RootTaskName = RootTaskName> {
  readonly name: Name;
  /** How long two reads of an unchanged target must lie apart before a retry believes them, in milliseconds. */
  readonly settleMilliseconds: number;
  readonly inspect: (session: RootSession, target: Target) => Promise<Inspected | Failed | DeniedInSession>;
}
