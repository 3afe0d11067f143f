/**
 * The settings of all journeys that need some of their own, beside the example's: a synthesis for each would take
 * seconds. Buckets need two approvals, queues are not unlocked at all.
 */
export const ownSettings = {
  excludedAccountIds: ['777777777777'],
  tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 }, 'unlock-sqs-queue': { enabled: false } },
};

/** An account in which nothing is to be done. */
export const excluded = '777777777777';
