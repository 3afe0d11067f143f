import * as z from 'zod';
import { duration, milliseconds } from './duration.ts';
import { credentialKind } from './root-credentials.ts';
import { type ApprovableTask, approvableTasks } from './root-tasks.ts';
import { type OneTarget, targetSchemaOf } from './target.ts';

/** The detail-type of the one kind of event that rootdesk takes. */
export const approvalDetailType = 'Root Task Approved';

/** A detail of more bytes than this is refused unread: its sha256 and first kilobyte are recorded. */
export const maximumDetailBytes = 32 * 1024;

export const plainId = z
  .string('expected text in quotes, for example "SEC-1234"')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:#/@+-]{0,127}$/,
    'expected 1 to 128 letters, digits or . _ : # / @ + - , beginning with a letter or digit, for example "SEC-1234"',
  );

/** Line breaks and other control characters could forge lines in logs and messages. */
const line = (maximum: number, example: string) =>
  z
    .string()
    .max(maximum, `expected at most ${maximum} characters`)
    .regex(
      /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]*$/u,
      `expected text that is not blank, without line breaks, control or invisible characters, for example "${example}"`,
    );

const httpsUrl = z
  .url({
    protocol: /^https$/,
    error: 'expected an https URL, for example "https://acme.example/browse/SEC-1234"',
  })
  .max(2048, 'expected at most 2048 characters')
  .regex(
    /^https:\/\/(?![^/?#]*@)[!-~]+$/,
    'expected an https URL of printable ASCII characters, without user or password',
  );

const expectedInstant = 'expected a time with its offset, for example "2026-11-20T09:58:00Z"';

/** Years of this millennium: others could leave the four digits that the trail's times have, once put in UTC. */
const instant = z.iso
  .datetime({ offset: true, error: expectedInstant })
  .regex(/^2/, expectedInstant)
  .meta({ format: 'date-time' });

export const approval = z.strictObject({
  approver: line(256, 'lead@example.com'),
  approvedAt: instant,
});
export type Approval = z.infer<typeof approval>;

const common = {
  schemaVersion: z.literal('1', 'expected "1"'),
  ticket: z.strictObject({ system: plainId, id: plainId, url: httpsUrl }),
  reason: line(2000, 'A pipeline-only Deny shut out every administrator'),
  requestedBy: line(256, 'dev@example.com'),
  approvals: z
    .array(approval)
    .min(1, 'expected at least one approval')
    .max(20, 'expected at most 20 approvals'),
  dryRun: z.boolean('expected true or false').default(false),
};

const sha256 = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/,
    'expected a sha256 in lower-case hex, as "npm run --silent diagnose -- --hash" prints it',
  );

/** How a policy that shuts administrators out is dealt with, and what exactly was approved. */
const unlocking = {
  remedy: z.enum(['delete', 'repair'], 'expected "delete" or "repair"').default('delete').meta({
    description:
      'delete: the whole policy goes. repair: the smallest change that gives its administration back; the rest stays.',
  }),
  policySha256: sha256.optional().meta({
    description:
      'The policy that this was approved against; where the live one is another, it is left alone.',
  }),
  replacement: sha256.optional().meta({
    description: 'The policy that a repair is to put; where it would put another, the target is left alone.',
  }),
  evenIfNotLocked: z.boolean('expected true or false').default(false).meta({
    description: 'Act although principals of the account can correct the policy without root.',
  }),
};

/** Which policy is put back, and over what. */
const restoring = {
  earlierRequest: z
    .string('expected the id of the request that found the policy')
    .regex(/^[!-~]{1,2048}$/, 'expected the id of the request that found the policy, as its message has it')
    .meta({ description: 'The request whose recorded policy is put back.' }),
  policySha256: z
    .string()
    .regex(/^(?:[0-9a-f]{64}|none)$/, 'expected a sha256 in lower-case hex, or "none" for no policy')
    .optional()
    .meta({
      description: 'The policy that is there now; without it, what the earlier request left has to be there.',
    }),
  evenIfItLocksSome: z.boolean('expected true or false').default(false).meta({
    description:
      'Put it back although it shuts administrators out, as long as it spares somebody: those whom it names, or who call as it asks.',
  }),
};

/** What an approval of one root task may say besides: how far it goes. Without it, the task does all it can. */
const options = {
  'unlock-s3-bucket': unlocking,
  'unlock-sqs-queue': unlocking,
  'restore-s3-bucket-policy': restoring,
  'restore-sqs-queue-policy': restoring,
  'audit-root-credentials': {},
  'delete-root-credentials': {
    kinds: z
      .array(credentialKind)
      .min(1, 'expected at least one kind; leave this out to delete all of them')
      .refine((kinds) => new Set(kinds).size === kinds.length, 'expected each kind once')
      .optional()
      .meta({ description: 'Which kinds of credentials to delete; default: all.' }),
    keepIfUsedWithinDays: z
      .int('expected a whole number of days, for example 90')
      .min(1, 'expected at least 1')
      .max(3650, 'expected at most 3650')
      .optional()
      .meta({
        description:
          'Keeps what was used in the last days, or of which nobody knows; default: keeps nothing.',
      }),
  },
  'allow-root-password-recovery': {
    removeAfter: duration
      .refine((text) => milliseconds(text) >= 5 * 60_000, { error: 'expected at least "PT5M"', abort: true })
      .default('PT4H')
      .meta({
        description: 'When the password is taken away again, counted from the opening.',
      }),
  },
} as const satisfies Record<ApprovableTask, z.ZodRawShape>;

function approvedTicketOf<Task extends ApprovableTask>(task: Task) {
  return z
    .strictObject({
      ...common,
      ...(options[task] as (typeof options)[Task]),
      task: z.literal(task),
      target: targetSchemaOf(task),
    })
    .superRefine(replacesByRepair);
}

/** Whoever approves what a repair puts, and forgets to ask for the repair, would have the whole policy deleted. */
function replacesByRepair(ticket: object, context: z.RefinementCtx): void {
  const { remedy, replacement } = ticket as { readonly remedy?: unknown; readonly replacement?: unknown };
  if (replacement === undefined || remedy === 'repair') return;
  context.addIssue({
    code: 'custom',
    path: ['replacement'],
    message: 'expected "remedy": "repair" beside it: only a repair puts a policy in the place of the old one',
  });
}

type TicketSchemas = { [Task in ApprovableTask]: ReturnType<typeof approvedTicketOf<Task>> };

/** One schema for each row of the table that a ticket can approve. */
const ticketSchemas = approvableTasks.map((task) => approvedTicketOf(task)) as [
  TicketSchemas[ApprovableTask],
];

/**
 * The detail of an approval event: one approval of one root task on one target. Unknown keys are refused, for an
 * approval that says something the software does not understand is not understood.
 */
export const approvedTicket = z.discriminatedUnion('task', ticketSchemas, {
  error: (issue) =>
    issue.code === 'invalid_union'
      ? `expected one of the root tasks: ${approvableTasks.join(', ')}`
      : undefined,
});

export type ApprovedTicket = z.infer<typeof approvedTicket>;
export type Ticket = ApprovedTicket['ticket'];

/** An approval of something in one account. */
export type TargetedTicket = ApprovedTicket & { readonly target: OneTarget };
