import type * as z from 'zod';
import { approvedTicket } from '../../contract/approved-ticket.ts';
import { type Fault, faultsOf } from '../../contract/faults.ts';

/** The example of the event contract: one approval that nothing is wrong with. */
export const exampleDetail = {
  schemaVersion: '1',
  ticket: { system: 'jira', id: 'SEC-1234', url: 'https://acme.example/browse/SEC-1234' },
  task: 'unlock-s3-bucket',
  target: { accountId: '156041421443', bucketName: 'project-prod-1' },
  reason: 'A pipeline-only Deny shut out every administrator',
  requestedBy: 'dev@example.com',
  approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
  dryRun: false,
};

/** Settings with what is required and nothing else. */
export const exampleSettings = {
  ticketSources: [
    {
      source: 'acme.tickets',
      senderRoleArns: ['arn:aws:iam::333333333333:role/ticketing'],
      ticketSystems: ['jira'],
    },
  ],
  approvers: ['lead@example.com', 'second.lead@example.com'],
  managementAccountId: '111111111111',
  onCall: { emails: ['oncall@example.com'] },
};

type Change = Readonly<Record<string, unknown>>;

/** A document with members changed by path ("ticket.id"); undefined takes the member away. */
export function changed<Document extends object>(document: Document, changes: Change): Document {
  const copy = structuredClone(document);
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const parent: object = keys.reduce<object>((at, key) => Reflect.get(at, key), copy);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else Reflect.set(parent, last, value);
  }
  return copy;
}

/** What a schema finds wrong with a document; none when it takes it. */
export function faultsIn(schema: z.ZodType, document: unknown): Fault[] {
  const read = schema.safeParse(document);
  return read.success ? [] : faultsOf(document, read.error);
}

export const ticketFaults = (changes: Change) => faultsIn(approvedTicket, changed(exampleDetail, changes));
