import * as z from 'zod';
import { accountId, accountOfArn } from './account-id.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { duration } from './duration.ts';
import { type RootTaskName, rootTaskNames } from './root-tasks.ts';

const text = (example: string) => z.string(`expected text, for example "${example}"`).min(1).max(256);

const roleArn = z
  .string()
  .regex(
    /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'expected the ARN of an IAM role, for example "arn:aws:iam::333333333333:role/ticketing"',
  );

const emailAddress = z.email('expected an e-mail address, for example "lead@example.com"').max(256);
const approvers = z
  .array(emailAddress)
  .min(1, 'expected at least one approver, for example ["lead@example.com"]')
  .meta({ description: 'Who may approve: exact e-mail addresses.' });

const taskName = z.enum(rootTaskNames, `expected one of ${rootTaskNames.join(', ')}`);

const ticketSource = z
  .strictObject({
    source: text('acme.tickets')
      .refine(
        (source) => !/^(aws\.|rootdesk$)/.test(source),
        'expected a source of your own: not "rootdesk", not "aws.…"',
      )
      .meta({ description: 'The `source` of the events that this ticket source puts on the bus.' }),
    senderRoleArns: z
      .array(roleArn)
      .min(1, 'expected the role that puts events, for example ["arn:aws:iam::333333333333:role/ticketing"]')
      .meta({
        description: 'The roles that may put its events; their accounts are the sender accounts believed.',
      }),
    ticketSystems: z
      .array(text('jira'))
      .min(1, 'expected the ticket systems it speaks for, for example ["jira"]')
      .meta({ description: 'The ticket systems it may speak for.' }),
    tasks: z
      .array(taskName)
      .min(1)
      .optional()
      .meta({ description: 'What it may approve; default: every task.' }),
    approvers: approvers
      .optional()
      .meta({ description: 'Who may approve through it; default: the common list.' }),
  })
  .meta({ description: 'A ticketing system that may send approvals, and what it is believed about.' });

const taskSettings = z.strictObject({
  enabled: z.boolean('expected true or false').default(true),
  requiredApprovals: z
    .int('expected a whole number, for example 1')
    .min(1, 'expected at least 1')
    .max(20, 'expected at most 20')
    .default(1),
});

const defaultTaskSettings = taskSettings.parse({});

/** Everything a platform team decides. Unknown keys are faults: no setting is silently ignored. */
export const settings = z
  .strictObject({
    $schema: z.string().optional(),
    ticketSources: z.array(ticketSource).min(1, 'expected at least one ticket source'),
    approvers,
    managementAccountId: accountId.meta({ description: 'The management account: never a target.' }),
    onCall: z.strictObject({
      emails: z
        .array(emailAddress)
        .min(1, 'expected at least one address, for example ["oncall@example.com"]'),
    }),
    excludedAccountIds: z
      .array(accountId)
      .default([])
      .meta({ description: 'Accounts that are never a target.' }),
    protectedTargets: z
      .array(text('*-tf-state'))
      .default([])
      .meta({ description: 'Names of targets never touched; * stands for any characters, ? for one.' }),
    approvalMaxAge: duration.default('PT24H').meta({ description: 'How old the deciding approval may be.' }),
    clockSkew: duration.default('PT5M').meta({ description: 'How far in the future an approval may lie.' }),
    tasks: z
      .strictObject(
        Object.fromEntries(rootTaskNames.map((name) => [name, taskSettings.optional()])) as Record<
          RootTaskName,
          z.ZodOptional<typeof taskSettings>
        >,
      )
      .default({})
      .meta({ description: 'Per root task: whether it is enabled and how many approvals it needs.' }),
    logRetentionDays: z
      .literal(
        [30, 60, 90, 180, 365, 400, 731, 1827, 3653],
        'expected 30, 60, 90, 180, 365, 400, 731, 1827 or 3653',
      )
      .default(365),
    deploymentRoleArns: z.array(roleArn).min(1).optional().meta({
      description:
        "Roles that may change or delete the audit trail's table; default: the CDK bootstrap's CloudFormation role.",
    }),
  })
  .superRefine((value, context) => {
    const seen = new Set<string>();
    for (const [index, { source }] of value.ticketSources.entries()) {
      if (seen.has(source)) {
        const path = ['ticketSources', index, 'source'];
        context.addIssue({
          code: 'custom',
          path,
          message: `expected each source once; "${source}" is there twice`,
        });
      }
      seen.add(source);
    }
  });

export type Settings = z.infer<typeof settings>;
export type TicketSource = Settings['ticketSources'][number];
export type TaskSettings = z.infer<typeof taskSettings>;

/** A root task's settings, its defaults filled in. */
export function taskSettingsOf(value: Settings, task: RootTaskName): TaskSettings {
  return value.tasks[task] ?? defaultTaskSettings;
}

/** The accounts whose events are believed for a source. */
export function senderAccountsOf(source: TicketSource): string[] {
  return [...new Set(source.senderRoleArns.flatMap((arn) => accountOfArn(arn) ?? []))];
}

/** SHA-256 of the settings in canonical form, defaults filled in: what `authorizedBy.settingsDigest` holds. */
export function settingsDigest(value: Settings): string {
  return sha256(canonicalJson(value));
}
