import * as z from 'zod';

/** How a request ended. */
export const endings = [
  'succeeded',
  'nothing-to-do',
  'rehearsed',
  'refused',
  'superseded',
  'failed',
] as const;

export const ending = z.enum(endings);
export type Ending = z.infer<typeof ending>;

/**
 * Stable codes: what ticket systems and alarms may branch on. A code is never renamed and never given another meaning;
 * the sentence beside it may change.
 */
export const codes = {
  succeeded: [
    'unlocked',
    'unlocked-then-replaced',
    'repaired',
    'repaired-then-replaced',
    'restored',
    'restored-then-replaced',
    'audited-clean',
    'audited-with-credentials',
    'audited-with-unknown',
    'root-credentials-deleted',
    'root-credentials-deleted-newer-left',
    'password-recovery-allowed',
    'password-recovery-closed',
    'organization-audited',
    'organization-audited-in-part',
    'organization-credentials-deleted',
  ],
  'nothing-to-do': [
    'no-policy',
    'already-restored',
    'nothing-to-repair',
    'no-root-credentials',
    'all-kept',
    'password-present',
    'password-recovery-was-closed',
    'organization-without-credentials',
  ],
  rehearsed: [
    'would-unlock',
    'would-repair',
    'would-restore',
    'would-not-act',
    'would-do-nothing',
    'would-audit',
    'would-delete-root-credentials',
    'would-allow-password-recovery',
    'would-audit-organization',
    'would-delete-organization-credentials',
  ],
  superseded: ['target-changed', 'newer-request', 'policy-not-as-approved', 'replacement-not-as-approved'],
  /** Refused after looking at the target, or at what the trail holds: the approval itself was in order. */
  refused: ['nobody-locked-out', 'would-lock-out', 'not-as-left', 'nothing-to-restore'],
  failed: [
    'root-sessions-not-enabled',
    'root-credentials-management-not-enabled',
    'trusted-access-off',
    'not-delegated-administrator',
    'management-account',
    'not-a-member',
    'account-not-active',
    'region-disabled',
    'task-role-denied',
    'assume-root-denied',
    'denied-by-scp',
    'denied-by-organization',
    'no-such-bucket',
    'bucket-of-another-account',
    'bucket-not-found',
    'no-such-queue',
    'queue-of-another-account',
    'region-not-enabled',
    'policy-back',
    'policy-unreadable',
    'policy-not-taken',
    'no-safe-repair',
    'not-read-back',
    'out-of-time',
    'root-credentials-unreadable',
    'root-credentials-left',
    'password-recovery-open',
    'organization-not-listed',
    'excluded-account-unknown',
    'organization-credentials-left',
    'stopped',
    'gave-up',
  ],
} as const satisfies Record<Ending, readonly string[]>;

/** Reasons for a refusal; `malformed` is a fault of the event itself, the others are rules that failed. */
export const refusalCodes = [
  'malformed',
  'too-large',
  'replayed',
  'unknown-source',
  'wrong-sender-account',
  'wrong-ticket-system',
  'task-not-allowed-for-source',
  'task-disabled',
  'requester-not-listed',
  'address-not-plain',
  'approver-not-listed',
  'approver-listed-twice',
  'requester-approved',
  'too-few-approvals',
  'approval-too-old',
  'approval-in-the-future',
  'management-account-target',
  'excluded-account',
  'own-account',
  'protected-target',
  'directory-bucket',
  'other-partition',
  'rule-could-not-decide',
  'changed-after-approval',
  'approval-already-used',
  'root-tasks-stopped',
  'never-begun',
  'remove-after-too-long',
  'no-audit',
  'audit-too-old',
  'not-ordered',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];
export type CodeOf<E extends Ending> = (typeof codes)[E][number];

/** What an ending says to a person: what happened, and what to do next (null where there is nothing to do). */
export interface Said {
  readonly summary: string;
  readonly remedy: string | null;
}

/** One of the endings that a run of the pipeline can reach, with a code that belongs to it. */
export type RunEnding = {
  [E in Ending]: Said & { readonly ending: E; readonly code: CodeOf<E> };
}[Ending];

/** One reason for a refusal: the rule or fault, where in the event, and what is expected. */
export const reason = z.strictObject({
  code: z.enum(refusalCodes),
  path: z.string().optional(),
  message: z.string(),
});
export type Reason = z.infer<typeof reason>;
