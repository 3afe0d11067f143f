import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import type { RunEnding } from '../../../contract/ending.ts';
import type { PolicyState } from '../../../contract/trail-entry.ts';
import type { Lane } from '../lane.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { ClaimedRequest } from '../steps/claim.ts';

/** What an attempt records before it acts: which policy is there, and which will be. */
export interface PolicyChange {
  readonly before: PolicyState;
  readonly intended: PolicyState;
}

/** An ending, with the reading of the policy that it is about; null where no policy was read. */
export interface Reached {
  readonly ending: RunEnding;
  readonly diagnosis: DiagnosisRecord | null;
}

/** What a first attempt does once it has seen the policy, or a rehearsal would. */
export type Decision =
  | { readonly kind: 'act'; readonly intended: PolicyState; readonly diagnosis: DiagnosisRecord | null }
  | ({ readonly kind: 'end' } & Reached);

/** What an approval has done to a resource policy: which one is put in the place of which, and how that is told. */
export interface PolicyVerb {
  /** What the trail alone decides, so that no session is opened for it; null where it goes on. */
  readonly prepare?: (claimed: ClaimedRequest, lane: Lane) => Promise<Reached | null>;
  /** Asked once in a request's life, before anything is declared: what was declared then binds every retry. */
  readonly decide: (claimed: ClaimedRequest, live: PolicyState, lane: Lane) => Promise<Decision>;
  /** The reading of the policy that a change is about: the same for every attempt at it. */
  readonly diagnose: (
    request: TargetedRequest,
    change: PolicyChange,
    lane: Pick<Lane, 'clock' | 'logger' | 'settings'>,
  ) => DiagnosisRecord | null;
  /** The ending of a rehearsal that would act. */
  readonly would: (
    request: TargetedRequest,
    change: PolicyChange,
    diagnosis: DiagnosisRecord | null,
  ) => RunEnding;
  /** The ending of a change that is read back as made. */
  readonly done: (
    request: TargetedRequest,
    change: PolicyChange,
    diagnosis: DiagnosisRecord | null,
  ) => RunEnding;
  /** The ending of a change behind which another policy is read back. */
  readonly doneThenReplaced: (
    request: TargetedRequest,
    change: PolicyChange,
    after: PolicyState,
    diagnosis: DiagnosisRecord | null,
  ) => RunEnding;
}
