import { accountOf, nameOf } from '../../../contract/target.ts';
import type { Rule } from './facts.ts';

/** Root sessions exist for member accounts only, and nobody should hold one for the management account. */
export const notManagementAccount: Rule = ({ ticket, settings }) =>
  accountOf(ticket.target) !== settings.managementAccountId
    ? []
    : [
        {
          code: 'management-account-target',
          path: 'detail.target.accountId',
          message: `${settings.managementAccountId} is the management account; it is never a target`,
        },
      ];

export const notExcluded: Rule = ({ ticket, settings }) =>
  settings.excludedAccountIds.includes(accountOf(ticket.target))
    ? [
        {
          code: 'excluded-account',
          path: 'detail.target.accountId',
          message: `account ${accountOf(ticket.target)} is excluded in the settings`,
        },
      ]
    : [];

/** A pattern in which * stands for any characters and ? for one; case does not matter. */
function patternOf(protectedTarget: string): RegExp {
  const escaped = protectedTarget.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'is');
}

export const notProtected: Rule = ({ ticket, settings }) =>
  settings.protectedTargets
    .filter((pattern) => patternOf(pattern).test(nameOf(ticket.target)))
    .map((pattern) => ({
      code: 'protected-target',
      path: 'detail.target',
      message: `"${nameOf(ticket.target)}" is protected by the pattern "${pattern}" in the settings`,
    }));

/**
 * Directory buckets answer to s3express actions, which S3UnlockBucketPolicy denies: no root session can unlock them.
 * Source: the task policy; S3 User Guide, "Directory bucket naming rules" (the suffix).
 */
export const notDirectoryBucket: Rule = ({ ticket }) =>
  nameOf(ticket.target).endsWith('--x-s3')
    ? [
        {
          code: 'directory-bucket',
          path: 'detail.target.bucketName',
          message: `"${nameOf(ticket.target)}" is a directory bucket; no task policy lets root change its policy`,
        },
      ]
    : [];
