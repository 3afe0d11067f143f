import type { RefusalCode } from '../../../../../contract/ending.ts';
import type { Facts } from '../../../../../lambdas/root-task/rules/facts.ts';

type Change = Readonly<Record<string, unknown>>;

/** The example's event and settings, changed by path, at a time. */
export interface Given {
  readonly event?: Change;
  readonly settings?: Change;
  readonly now?: string;
}

export interface Refused extends Given {
  /** The codes of all reasons that all rules give. */
  readonly codes: readonly RefusalCode[];
  /** Where the reasons of this rule point. */
  readonly at: readonly string[];
}

/** A row for one rule: each kind of answer that it can give is there at least once. */
export interface RuleCases {
  /** No rule has anything against it. */
  readonly allowed: Readonly<Record<string, Given>>;
  /** This rule refuses, alone and among the others. */
  readonly refused: Readonly<Record<string, Refused>>;
  /** Facts that are broken so that this rule cannot decide. */
  readonly undecidable: Readonly<Record<string, (facts: Facts) => object>>;
}

export const by = (approver: string, approvedAt = '2026-11-20T09:58:00Z') => ({ approver, approvedAt });
export const lead = by('lead@example.com');
export const second = by('second.lead@example.com', '2026-11-20T09:59:00Z');
export const twoNeeded = { tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } };

/** What turns the example into an approval for a queue. */
export const queue = (arn = 'arn:aws:sqs:eu-west-1:156041421443:orders') => ({
  'detail.task': 'unlock-sqs-queue',
  'detail.target': { queueArn: arn },
});

/** What turns the example into an approval for the root user of one account. */
export const account = (task: string, more: Change = {}) => ({
  'detail.task': task,
  'detail.target': { accountId: '156041421443' },
  ...more,
});

/** What turns the example into an approval for the whole organization. */
export const organization = (task: string, more: Change = {}) => ({
  ...account(task, more),
  'detail.target': { organization: true },
});

export const bothApprove = { 'detail.approvals': [lead, second] };

/** Breaks the settings in one place, as no settings that were parsed are. */
export const withoutSetting = (name: string) => (facts: Facts) => ({
  settings: { ...facts.settings, [name]: undefined },
});

/** Breaks the ticket in one place, as no ticket that was received is. */
export const withoutField = (name: string) => (facts: Facts) => ({
  ticket: { ...facts.ticket, [name]: undefined },
});
