import type { ApprovableTask } from '../../contract/root-tasks.ts';
import { bucketOf, memberOf, queueArnOf, senderAccount } from './organization.ts';

/** An event before it is put: what a mutation changes. */
export interface Draft {
  readonly nth: number;
  /** The account whose role puts it. */
  sender: string;
  source: string;
  detailType: string;
  /** Put back from an archive under this name. */
  replayName: string | null;
  detail: Record<string, unknown>;
  /** The detail's JSON as it is sent, made of the detail's own. */
  text: (json: string) => string;
  /** A time so many minutes before now; after it with a minus. */
  readonly ago: (minutes: number) => string;
  /** Any JSON that is no text. */
  readonly odd: unknown;
}

export const requester = 'dev@example.com';
export const lead = 'lead@example.com';
export const second = 'second.lead@example.com';

/**
 * What the fuzz sets beside the example settings: one approval is enough for every task, so that what is wrong with the
 * people of an event is the same for all of them.
 */
export const fuzzSettings = { tasks: { 'allow-root-password-recovery': { requiredApprovals: 1 } } };

/** An approval of a task that satisfies every rule of these settings. */
export function validEvent(nth: number, task: ApprovableTask, now: number, odd: unknown): Draft {
  const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
  const id = `FUZZ-${nth}`;
  return {
    nth,
    sender: senderAccount,
    source: 'acme.tickets',
    detailType: 'Root Task Approved',
    replayName: null,
    detail: {
      schemaVersion: '1',
      ticket: { system: 'jira', id, url: `https://acme.example/browse/${id}` },
      task,
      target: targetFor(task, nth),
      ...optionsFor(task),
      reason: 'A Deny shut out every administrator',
      requestedBy: requester,
      approvals: [{ approver: lead, approvedAt: ago(2) }],
    },
    text: (json) => json,
    ago,
    odd,
  };
}

function targetFor(task: ApprovableTask, nth: number): Record<string, string> {
  switch (task) {
    case 'unlock-s3-bucket':
    case 'restore-s3-bucket-policy':
      return { accountId: memberOf(nth), bucketName: bucketOf(nth) };
    case 'unlock-sqs-queue':
    case 'restore-sqs-queue-policy':
      return { queueArn: queueArnOf(nth) };
    case 'audit-root-credentials':
    case 'delete-root-credentials':
    case 'allow-root-password-recovery':
      return { accountId: memberOf(nth) };
    default:
      return task satisfies never;
  }
}

/** What a restore cannot do without: some earlier request, which the trail need not hold. */
function optionsFor(task: ApprovableTask): Record<string, string> {
  switch (task) {
    case 'restore-s3-bucket-policy':
    case 'restore-sqs-queue-policy':
      return { earlierRequest: 'jira/fuzz-0/never/begun' };
    case 'unlock-s3-bucket':
    case 'unlock-sqs-queue':
    case 'audit-root-credentials':
    case 'delete-root-credentials':
    case 'allow-root-password-recovery':
      return {};
    default:
      return task satisfies never;
  }
}
