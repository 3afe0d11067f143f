import * as z from 'zod';
import { accountOfArn } from '../account-id.ts';
import { plainId } from '../approved-ticket.ts';
import { envelope } from '../envelope.ts';
import { type ApprovableTask, approvableTasks } from '../root-tasks.ts';
import { approvers, listOf, roleArn, text } from './fields.ts';

/** Only what an event can carry: anything else would be a ticket source, or a ticket system, that never speaks. */
const source = text('acme.tickets')
  .refine(
    (value) => envelope.shape.source.safeParse(value).success,
    'expected a source that an event can carry, without line breaks, control or invisible characters, for example "acme.tickets"',
  )
  .refine(
    (value) => !/^(aws\.|rootdesk$)/.test(value),
    'expected a source of your own, for example "acme.tickets": not "rootdesk", not "aws.…"',
  )
  .meta({ description: 'The `source` of the events that this ticket source puts on the bus.' });

const ticketSystem = text('jira')
  .refine(
    (value) => value.toLowerCase() !== 'rootdesk',
    'expected a system of your own, for example "jira": "rootdesk" is what rootdesk itself starts by schedule',
  )
  .refine(
    (value) => plainId.safeParse(value).success,
    'expected a system as tickets name it: 1 to 128 letters, digits or . _ : # / @ + - , beginning with a letter or digit, for example "jira"',
  );

export const ticketSource = z
  .strictObject(
    {
      source,
      senderRoleArns: listOf(
        roleArn,
        'expected the roles that put events, for example ["arn:aws:iam::333333333333:role/ticketing"]',
      ).meta({
        description: 'The roles that may put its events; their accounts are the sender accounts believed.',
      }),
      ticketSystems: listOf(
        ticketSystem,
        'expected the ticket systems it speaks for, for example ["jira"]',
      ).meta({ description: 'The ticket systems it may speak for.' }),
      tasks: listOf(
        z.enum(approvableTasks, `expected one of ${approvableTasks.join(', ')}`),
        `expected root tasks, for example ["${approvableTasks[0]}"]`,
      )
        .optional()
        .meta({ description: 'What it may approve; default: every task.' }),
      approvers: approvers.optional().meta({
        description:
          "Who may approve through it, in place of the common list; a root task's own list must hold them too.",
      }),
    },
    'expected a ticket source, for example {"source": "acme.tickets", "senderRoleArns": […], "ticketSystems": ["jira"]}',
  )
  .meta({ description: 'A ticketing system that may send approvals, and what it is believed about.' });

export type TicketSource = z.infer<typeof ticketSource>;

/** Whether a ticket source may approve a root task. */
export function mayApprove(from: TicketSource, task: ApprovableTask): boolean {
  return from.tasks === undefined || from.tasks.includes(task);
}

/** The accounts whose events are believed for a source. */
export function senderAccountsOf(from: TicketSource): string[] {
  return [...new Set(from.senderRoleArns.flatMap((arn) => accountOfArn(arn) ?? []))];
}
