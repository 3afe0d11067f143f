import { codes, endings, refusalCodes } from '../../contract/ending.ts';

/** Ticket systems and alarms branch on these words: a person agrees to each change of them, and none is renamed. */
describe('the words of an ending', () => {
  it('are six endings', () => {
    expect(endings).toEqual(['succeeded', 'nothing-to-do', 'rehearsed', 'refused', 'superseded', 'failed']);
  });

  it('are these codes', () => {
    expect(codes).toEqual({
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
      superseded: [
        'target-changed',
        'newer-request',
        'policy-not-as-approved',
        'replacement-not-as-approved',
      ],
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
    });
  });

  it('are these reasons to refuse', () => {
    expect(refusalCodes).toEqual([
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
    ]);
  });

  it('belong to one ending each', () => {
    const all = [...Object.values(codes).flat(), ...refusalCodes];
    expect(new Set(all).size).toBe(all.length);
  });
});
