import * as z from 'zod';
import { accountId } from './account-id.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { duration } from './duration.ts';
import { contradictions } from './settings/contradictions.ts';
import { digests } from './settings/digests.ts';
import { approvers, listOf, namePattern, requesters, roleArn } from './settings/fields.ts';
import { organizationRuns } from './settings/organization-runs.ts';
import { tasks } from './settings/task-settings.ts';
import { ticketSource } from './settings/ticket-source.ts';

export { requiredApprovalsOf, type TaskSettings, taskSettingsOf } from './settings/task-settings.ts';
export { mayApprove, senderAccountsOf, type TicketSource } from './settings/ticket-source.ts';

const each = z.strictObject(
  {
    $schema: z.string('expected the path of a JSON Schema').optional(),
    ticketSources: listOf(
      ticketSource,
      'expected at least one ticket source, for example [{"source": "acme.tickets", "senderRoleArns": […], "ticketSystems": ["jira"]}]',
    ),
    approvers: approvers.meta({
      description:
        'Who may approve where neither ticket source nor root task has a list: addresses, or *@example.com for everybody of that domain.',
    }),
    requesters: requesters.optional().meta({
      description: 'Who may ask: addresses, or *@example.com for everybody of that domain; default: anybody.',
    }),
    managementAccountId: accountId.meta({ description: 'The management account: never a target.' }),
    organizationId: z
      .string('expected the id of the organization, for example "o-exampleorg1"')
      .regex(/^o-[a-z0-9]{10,32}$/, 'expected the id of the organization, for example "o-exampleorg1"')
      .optional()
      .meta({
        description:
          'The organization, so that a policy that lets in nobody from outside of it is not taken for a lock-out.',
      }),
    onCall: z.strictObject(
      {
        emails: listOf(
          z
            .email('expected an e-mail address, for example "oncall@example.com"')
            .max(256, 'expected at most 256 characters'),
          'expected at least one e-mail address, for example ["oncall@example.com"]',
        ),
      },
      'expected whom to tell, for example {"emails": ["oncall@example.com"]}',
    ),
    excludedAccountIds: z
      .array(accountId, 'expected a list of account ids, for example ["444444444444"]')
      .default([])
      .meta({ description: 'Accounts that are never a target.' }),
    protectedTargets: z
      .array(namePattern, 'expected a list of names, for example ["*-tf-state"]')
      .default([])
      .meta({ description: 'Names of targets never touched; * stands for any characters, ? for one.' }),
    approvalMaxAge: duration.default('PT24H').meta({ description: 'How old the deciding approval may be.' }),
    clockSkew: duration.default('PT5M').meta({ description: 'How far in the future an approval may lie.' }),
    tasks: tasks.default({}).meta({
      description:
        'Per root task: whether it is enabled, how many approvals it needs, who may ask and approve.',
    }),
    organizationRuns: organizationRuns.prefault({}).meta({
      description: 'Audits and deletions across the whole organization.',
    }),
    logRetentionDays: z
      .literal(
        [30, 60, 90, 180, 365, 400, 731, 1827, 3653],
        'expected 30, 60, 90, 180, 365, 400, 731, 1827 or 3653',
      )
      .default(365),
    digests: digests.prefault({}).meta({
      description:
        'How the daily digests of the trail are kept from being changed or deleted (S3 Object Lock).',
    }),
    deploymentRoleArns: listOf(
      roleArn,
      'expected the roles that deploy, for example ["arn:aws:iam::222222222222:role/deployment"]',
    )
      .optional()
      .meta({
        description:
          "Roles that may change or delete tables, queues and the digest bucket, beside the CDK bootstrap's CloudFormation role.",
      }),
    operatorRoleArns: listOf(
      roleArn,
      'expected the roles of people on call, for example ["arn:aws:iam::222222222222:role/on-call"]',
    )
      .optional()
      .meta({
        description: 'Roles that may move parked messages back into the failure queues; default: nobody.',
      }),
  },
  'expected an object with the keys of examples/settings.json',
);

export type Settings = z.infer<typeof each>;

/** Everything a platform team decides. Unknown keys are faults: no setting is silently ignored. */
export const settings = each.superRefine((value, context) => {
  for (const { path, message } of contradictions(value))
    context.addIssue({ code: 'custom', path: [...path], message });
});

/** SHA-256 of the settings in canonical form, defaults filled in: what `authorizedBy.settingsDigest` holds. */
export function settingsDigest(value: Settings): string {
  return sha256(canonicalJson(value));
}
