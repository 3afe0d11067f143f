import * as z from 'zod';
import { accountId, accountOfArn } from './account-id.ts';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { duration } from './duration.ts';
import { type RootTaskName, rootTaskNames } from './root-tasks.ts';

/** Text of 1 to 256 characters; every fault of it says what was expected, with an example. */
function text(example: string) {
  const expected = `expected text, for example "${example}"`;
  return z.string(expected).min(1, expected).max(256, 'expected at most 256 characters');
}

/** A list that holds something: missing, empty or no list at all is one and the same fault. */
function listOf<Item extends z.ZodType>(item: Item, expected: string) {
  return z.array(item, expected).min(1, expected);
}

const expectedRoleArn =
  'expected the ARN of an IAM role, for example "arn:aws:iam::333333333333:role/ticketing"';
const roleArn = z
  .string(expectedRoleArn)
  .regex(/^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/, expectedRoleArn);

const emailAddress = z
  .email('expected an e-mail address, for example "lead@example.com"')
  .max(256, 'expected at most 256 characters');
const approvers = listOf(
  emailAddress,
  'expected at least one approver, for example ["lead@example.com"]',
).meta({ description: 'Who may approve: exact e-mail addresses.' });

const taskName = z.enum(rootTaskNames, `expected one of ${rootTaskNames.join(', ')}`);

const ticketSource = z
  .strictObject(
    {
      source: text('acme.tickets')
        .refine(
          (source) => !/^(aws\.|rootdesk$)/.test(source),
          'expected a source of your own, for example "acme.tickets": not "rootdesk", not "aws.…"',
        )
        .meta({ description: 'The `source` of the events that this ticket source puts on the bus.' }),
      senderRoleArns: listOf(
        roleArn,
        'expected the roles that put events, for example ["arn:aws:iam::333333333333:role/ticketing"]',
      ).meta({
        description: 'The roles that may put its events; their accounts are the sender accounts believed.',
      }),
      ticketSystems: listOf(
        text('jira'),
        'expected the ticket systems it speaks for, for example ["jira"]',
      ).meta({ description: 'The ticket systems it may speak for.' }),
      tasks: listOf(taskName, `expected root tasks, for example ["${rootTaskNames[0]}"]`)
        .optional()
        .meta({ description: 'What it may approve; default: every task.' }),
      approvers: approvers
        .optional()
        .meta({ description: 'Who may approve through it; default: the common list.' }),
    },
    'expected a ticket source, for example {"source": "acme.tickets", "senderRoleArns": […], "ticketSystems": ["jira"]}',
  )
  .meta({ description: 'A ticketing system that may send approvals, and what it is believed about.' });

const taskSettings = z.strictObject(
  {
    enabled: z.boolean('expected true or false').default(true),
    requiredApprovals: z
      .int('expected a whole number, for example 1')
      .min(1, 'expected at least 1')
      .max(20, 'expected at most 20')
      .default(1),
  },
  'expected what holds for this root task, for example {"enabled": true, "requiredApprovals": 2}',
);

/** Source of the limits: S3 API reference, DefaultRetention (Days), "Object Lock retention" (100 years at most). */
const digests = z.strictObject(
  {
    mode: z
      .enum(['GOVERNANCE', 'COMPLIANCE'], 'expected GOVERNANCE or COMPLIANCE')
      .default('GOVERNANCE')
      .meta({
        description: 'COMPLIANCE: nobody, root included, can shorten it or delete a digest before its time.',
      }),
    retentionDays: z
      .int('expected a whole number of days, for example 365')
      .min(1, 'expected at least 1')
      .max(36_500, 'expected at most 36500')
      .default(365),
  },
  'expected how digests are kept, for example {"mode": "GOVERNANCE", "retentionDays": 365}',
);

const defaultTaskSettings = taskSettings.parse({});

/** Everything a platform team decides. Unknown keys are faults: no setting is silently ignored. */
export const settings = z
  .strictObject(
    {
      $schema: z.string('expected the path of a JSON Schema').optional(),
      ticketSources: listOf(
        ticketSource,
        'expected at least one ticket source, for example [{"source": "acme.tickets", "senderRoleArns": […], "ticketSystems": ["jira"]}]',
      ),
      approvers,
      managementAccountId: accountId.meta({ description: 'The management account: never a target.' }),
      onCall: z.strictObject(
        {
          emails: listOf(
            emailAddress,
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
        .array(text('*-tf-state'), 'expected a list of names, for example ["*-tf-state"]')
        .default([])
        .meta({ description: 'Names of targets never touched; * stands for any characters, ? for one.' }),
      approvalMaxAge: duration
        .default('PT24H')
        .meta({ description: 'How old the deciding approval may be.' }),
      clockSkew: duration.default('PT5M').meta({ description: 'How far in the future an approval may lie.' }),
      tasks: z
        .strictObject(
          Object.fromEntries(rootTaskNames.map((name) => [name, taskSettings.optional()])) as Record<
            RootTaskName,
            z.ZodOptional<typeof taskSettings>
          >,
          `expected root tasks by name, for example {"${rootTaskNames[0]}": {"requiredApprovals": 2}}`,
        )
        .default({})
        .meta({ description: 'Per root task: whether it is enabled and how many approvals it needs.' }),
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
            "Roles that may change or delete the audit trail's table; default: the CDK bootstrap's CloudFormation role.",
        }),
    },
    'expected an object with the keys of examples/settings.json',
  )
  .superRefine((value, context) => {
    for (const { path, message } of contradictions(value))
      context.addIssue({ code: 'custom', path, message });
  });

interface Contradiction {
  readonly path: PropertyKey[];
  readonly message: string;
}

/** What each setting allows by itself, but not all of them together. */
function contradictions(value: Settings): Contradiction[] {
  const sources = value.ticketSources.map(({ source }) => source);
  const twice = sources.flatMap((source, index) =>
    sources.indexOf(source) === index
      ? []
      : [
          {
            path: ['ticketSources', index, 'source'],
            message: `expected each source once; "${source}" is there twice`,
          },
        ],
  );
  const emails = value.onCall.emails.map((email) => email.toLowerCase());
  const toldTwice = emails.flatMap((email, index) =>
    emails.indexOf(email) === index
      ? []
      : [
          {
            path: ['onCall', 'emails', index],
            message: `expected each address once; "${email}" is there twice`,
          },
        ],
  );
  return [...twice, ...toldTwice, ...rootTaskNames.flatMap((task) => tooFewApprovers(value, task))];
}

function tooFewApprovers(value: Settings, task: RootTaskName): Contradiction[] {
  const { requiredApprovals } = taskSettingsOf(value, task);
  const faults = value.ticketSources.flatMap((source, index) => {
    const count = new Set(approversOf(value, source).map((approver) => approver.toLowerCase())).size;
    // An empty list is a fault of its own.
    if (!mayApprove(source, task) || count === 0 || count >= requiredApprovals) return [];
    const where = source.approvers === undefined ? 'approvers' : `ticketSources[${index}].approvers`;
    const message = `expected at most ${count}, the number of ${where}: more approvals could never be there`;
    return [{ path: ['tasks', task, 'requiredApprovals'], message }];
  });
  return faults.slice(0, 1);
}

export type Settings = z.infer<typeof settings>;
export type TicketSource = Settings['ticketSources'][number];
export type TaskSettings = z.infer<typeof taskSettings>;

/** A root task's settings, its defaults filled in. */
export function taskSettingsOf(value: Settings, task: RootTaskName): TaskSettings {
  return value.tasks[task] ?? defaultTaskSettings;
}

/** Whether a ticket source may approve a root task. */
export function mayApprove(source: TicketSource, task: RootTaskName): boolean {
  return source.tasks === undefined || source.tasks.includes(task);
}

/** Who may approve through a ticket source: its own list, or else the common one. */
export function approversOf(value: Settings, source: TicketSource): string[] {
  return source.approvers ?? value.approvers;
}

/** The accounts whose events are believed for a source. */
export function senderAccountsOf(source: TicketSource): string[] {
  return [...new Set(source.senderRoleArns.flatMap((arn) => accountOfArn(arn) ?? []))];
}

/** SHA-256 of the settings in canonical form, defaults filled in: what `authorizedBy.settingsDigest` holds. */
export function settingsDigest(value: Settings): string {
  return sha256(canonicalJson(value));
}
