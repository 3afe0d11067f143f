import type { CodeOf, RunEnding } from '../../contract/ending.ts';
import type { RootTaskName } from '../../contract/root-tasks.ts';
import type { EndedEntry } from '../../contract/trail-entry.ts';
import type { RootSession } from './adapters/root-sessions.ts';
import type { Lane } from './lane.ts';
import type { Reached } from './policies/verb.ts';
import type { ClaimedRequest } from './steps/claim.ts';

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
  /** What it is called once it has lasted. */
  readonly code: Extract<CodeOf<'failed'>, 'denied-by-organization' | 'region-not-enabled'>;
}

/**
 * One root task: what it does in a root session that was opened for a claimed request, up to the recorded ending. It
 * inspects, declares what it is going to change, acts, and verifies. The pipeline does the rest, the same for every
 * task.
 */
export interface RootTask {
  readonly name: RootTaskName;
  /**
   * What the trail alone decides of a request that has not acted yet: an ending, for which no session is opened, or null
   * to go on. Absent where there is nothing of the kind.
   */
  readonly prepare?: (claimed: ClaimedRequest, lane: Lane) => Promise<Reached | null>;
  readonly work: (claimed: ClaimedRequest, session: RootSession, lane: Lane) => Promise<EndedEntry>;
}
