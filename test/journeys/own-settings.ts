/**
 * The settings of all journeys that need some of their own, beside the example's: a synthesis for each would take
 * seconds. The queue lane asks for two approvals, the bucket lane for one.
 */
export const ownSettings = {
  excludedAccountIds: ['777777777777'],
  tasks: { 'unlock-sqs-queue': { requiredApprovals: 2 } },
};

/** An account in which nothing is to be done. */
export const excluded = '777777777777';
