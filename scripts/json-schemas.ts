import * as z from 'zod';
import { approvedTicket } from '../contract/approved-ticket.ts';
import { outcomeEvent } from '../contract/outcome-event.ts';
import { settings } from '../contract/settings.ts';

const titled = {
  'approved-ticket.schema.json': ['Detail of a "Root Task Approved" event', approvedTicket, 'input'],
  'settings.schema.json': ['Settings of rootdesk', settings, 'input'],
  'outcome-event.schema.json': ['Detail of a "Root Task Ended" event', outcomeEvent, 'output'],
} as const;

/** A key that must be left out has no value in JSON at all. Whatever else JSON Schema cannot say is thrown. */
function unrepresentable({ zodSchema }: { readonly zodSchema: z.core.$ZodType }) {
  return zodSchema._zod.def.type === 'undefined' ? { not: {} } : 'throw';
}

/** The JSON Schema of one schema. Throws for what it cannot say, so that none says less than the contract. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output') {
  return z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable });
}

/** JSON Schemas by file name, generated from the contract, for editors and for ticket systems that validate. */
export function jsonSchemas(): Map<string, string> {
  return new Map(
    Object.entries(titled).map(([name, [title, schema, io]]) => {
      const generated = jsonSchemaOf(schema, io);
      return [name, `${JSON.stringify({ title, ...generated }, null, 2)}\n`];
    }),
  );
}
