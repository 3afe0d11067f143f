import { milliseconds } from '../../../contract/duration.ts';
import { readQueueArn } from '../../../contract/queue-arn.ts';
import type { TargetKind } from '../../../contract/root-tasks.ts';
import { partitionOf } from '../../../contract/settings/partition.ts';
import { taskSettingsOf } from '../../../contract/settings.ts';
import { accountOf, isOrganization, nameOf, type OneTarget, wordFor } from '../../../contract/target.ts';
import type { Rule } from './facts.ts';

/** The field that says in which account a target is. */
const accountPath: Readonly<Record<TargetKind, string>> = {
  bucket: 'detail.target.accountId',
  queue: 'detail.target.queueArn',
  account: 'detail.target.accountId',
};

/** The roles of this stack can reach no other partition. A bucket's account and name belong to none. */
export const inOwnPartition: Rule = ({ ticket: { target }, settings }) => {
  if (!('queueArn' in target)) return [];
  const { partition } = readQueueArn(target.queueArn);
  const own = partitionOf(settings);
  return partition === own
    ? []
    : [
        {
          code: 'other-partition',
          path: 'detail.target.queueArn',
          message: `the queue is in the partition "${partition}"; this organization is in "${own}"`,
        },
      ];
};

/** Root sessions exist for member accounts only, and nobody should hold one for the management account. */
export const notManagementAccount: Rule = ({ ticket, settings }) =>
  // Of the organization it is left out.
  isOrganization(ticket.target) || accountOf(ticket.target) !== settings.managementAccountId
    ? []
    : [
        {
          code: 'management-account-target',
          path: accountPath[wordFor(ticket.target)],
          message: `${settings.managementAccountId} is the management account; it is never a target`,
        },
      ];

export const notExcluded: Rule = ({ ticket, settings }) =>
  !isOrganization(ticket.target) && settings.excludedAccountIds.includes(accountOf(ticket.target))
    ? [
        {
          code: 'excluded-account',
          path: accountPath[wordFor(ticket.target)],
          message: `account ${accountOf(ticket.target)} is excluded in the settings`,
        },
      ]
    : [];

/** A pattern in which * stands for any characters and ? for one; case does not matter. */
function patternOf(protectedTarget: string): RegExp {
  const escaped = protectedTarget.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
}

/** A FIFO queue's name has to end in ".fifo": "*-log-archive" is meant for "acme-log-archive.fifo" too. */
function namesOf(target: OneTarget): string[] {
  const name = nameOf(target);
  return name.endsWith('.fifo') ? [name, name.slice(0, -'.fifo'.length)] : [name];
}

/** Buckets and queues have names that a team chose; an account is kept out by `excludedAccountIds`. */
export const notProtected: Rule = ({ ticket: { target }, settings }) =>
  isOrganization(target) || wordFor(target) === 'account'
    ? []
    : settings.protectedTargets
        .filter((pattern) => namesOf(target).some((name) => patternOf(pattern).test(name)))
        .map((pattern) => ({
          code: 'protected-target',
          path: 'detail.target',
          message: `"${nameOf(target)}" is protected by the pattern "${pattern}" in the settings`,
        }));

/** An opening must close within the settings' time, and not before anybody could have used it. */
export const closesInTime: Rule = ({ ticket, settings }) => {
  if (ticket.task !== 'allow-root-password-recovery') return [];
  const { maximumRemoveAfter } = taskSettingsOf(settings, ticket.task);
  return milliseconds(ticket.removeAfter) <= milliseconds(maximumRemoveAfter)
    ? []
    : [
        {
          code: 'remove-after-too-long',
          path: 'detail.removeAfter',
          message: `${ticket.removeAfter} is longer than ${maximumRemoveAfter}, the most that the settings allow`,
        },
      ];
};

/**
 * Directory buckets answer to s3express actions, which S3UnlockBucketPolicy denies: no root session can unlock them.
 * Source: the task policy; S3 User Guide, "Directory bucket naming rules" (the suffix).
 */
export const notDirectoryBucket: Rule = ({ ticket: { target } }) =>
  'bucketName' in target && target.bucketName.endsWith('--x-s3')
    ? [
        {
          code: 'directory-bucket',
          path: 'detail.target.bucketName',
          message: `"${target.bucketName}" is a directory bucket; no task policy lets root change its policy`,
        },
      ]
    : [];
