import * as z from 'zod';
import { approvedTicket } from '../contract/approved-ticket.ts';
import { outcomeEvent } from '../contract/outcome-event.ts';
import { settings } from '../contract/settings.ts';

const titled = {
  'approved-ticket.schema.json': ['Detail of a "Root Task Approved" event', approvedTicket, 'input'],
  'settings.schema.json': ['Settings of rootdesk', settings, 'input'],
  'outcome-event.schema.json': ['Detail of a "Root Task Ended" event', outcomeEvent, 'output'],
} as const;

/** JSON Schemas by file name, generated from the contract, for editors and for ticket systems that validate. */
export function jsonSchemas(): Map<string, string> {
  return new Map(
    Object.entries(titled).map(([name, [title, schema, io]]) => {
      const generated = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'throw' });
      return [name, `${JSON.stringify({ title, ...generated }, null, 2)}\n`];
    }),
  );
}
