import { approvableTasks } from '../../../contract/root-tasks.ts';

const off = (...tasks: readonly string[]) =>
  Object.fromEntries(tasks.map((task) => [task, { enabled: false }]));

/** Ticket sources, each with a number of roles in an account of its own. */
const sources = (count: number, source: (index: number) => string, roles = 1) =>
  Array.from({ length: count }, (_, index) => ({
    source: source(index),
    senderRoleArns: Array.from(
      { length: roles },
      (_, role) => `arn:aws:iam::${333_333_330_000 + index}:role/sender-${role}`,
    ),
    ticketSystems: ['jira'],
  }));

const accounts = (count: number) =>
  Array.from({ length: count }, (_, index) => String(100_000_000_000 + index));

const mondays = { scheduledAudit: { enabled: true, schedule: 'cron(0 6 ? * MON *)' } };
const both = 'arn:aws:iam::444444444444:role/both';

/** Settings that the tests of the template ask for: each replaces members of examples/settings.json. */
export const variations = {
  example: {},
  excludedAccount: { excludedAccountIds: ['444444444444'] },
  twoSources: {
    ticketSources: [
      {
        source: 'acme.tickets',
        senderRoleArns: ['arn:aws:iam::333333333333:role/ticketing', both],
        ticketSystems: ['jira'],
      },
      {
        source: 'acme.chat',
        senderRoleArns: ['arn:aws:iam::222222222222:role/ops/chat', both],
        ticketSystems: ['chat'],
      },
    ],
  },
  twoEmails: { onCall: { emails: ['one@example.com', 'two@example.com'] } },
  ownOperator: { operatorRoleArns: ['arn:aws:iam::222222222222:role/on-call'] },
  ownDeployment: { deploymentRoleArns: ['arn:aws:iam::222222222222:role/deployment'] },
  complianceDigests: { digests: { mode: 'COMPLIANCE', retentionDays: 3650 } },
  shortLogs: { logRetentionDays: 30 },
  withoutRecovery: { tasks: off('allow-root-password-recovery') },
  withoutBucketUnlock: { tasks: off('unlock-s3-bucket') },
  withoutDeletion: { tasks: off('delete-root-credentials') },
  withoutOrganizationTasks: { tasks: off('audit-root-credentials', 'delete-root-credentials') },
  withoutTasks: { tasks: off(...approvableTasks) },
  fortyAtOnce: { organizationRuns: { maxConcurrency: 40 } },
  scheduledAudit: { organizationRuns: { scheduledAudit: { enabled: true } } },
  mondayAudit: { organizationRuns: mondays },
  mondayAuditWithoutTasks: {
    organizationRuns: mondays,
    tasks: off('audit-root-credentials', 'delete-root-credentials'),
  },
  longPatterns: { ticketSources: sources(30, (index) => `acme.${'x'.repeat(60)}.${index}`) },
  manySenders: { ticketSources: sources(12, (index) => `acme.${index}`, 4) },
  manyExclusions: { excludedAccountIds: accounts(300) },
  ordinaryOrganization: {
    ticketSources: sources(4, (index) => `acme.tickets.${index}`, 2),
    excludedAccountIds: accounts(100),
  },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;

export type VariationName = keyof typeof variations;
