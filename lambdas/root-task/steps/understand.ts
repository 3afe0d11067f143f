import * as z from 'zod';
import { approval, approvedTicket } from '../../../contract/approved-ticket.ts';
import { envelope } from '../../../contract/envelope.ts';
import { approvableTasks } from '../../../contract/root-tasks.ts';
import { type Target, targetSchemaOf } from '../../../contract/target.ts';
import type { Understood } from './received.ts';

const shape = approvedTicket.options[0].shape;

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function orNull<T>(schema: z.ZodType<T>, value: unknown): T | null {
  const read = schema.safeParse(value);
  return read.success ? read.data : null;
}

/**
 * What can be read of an event that cannot be taken: each field on its own, by the same schemas as at the door, so that
 * nothing unchecked reaches a message. Never throws.
 */
export function understand(event: unknown): Understood & { readonly detail: unknown } {
  const detail = fieldOf(event, 'detail');
  const task = orNull(z.enum(approvableTasks), fieldOf(detail, 'task'));
  const approvals = orNull(z.array(approval).max(20), fieldOf(detail, 'approvals')) ?? [];
  return {
    eventId: orNull(envelope.shape.id, fieldOf(event, 'id')),
    envelope: {
      ...member('source', envelope.shape.source, event),
      ...member('account', envelope.shape.account, event),
      ...member('time', envelope.shape.time, event),
    },
    ticket: orNull(shape.ticket, fieldOf(detail, 'ticket')),
    task,
    target: task === null ? null : orNull<Target>(targetSchemaOf(task), fieldOf(detail, 'target')),
    requestedBy: orNull(shape.requestedBy, fieldOf(detail, 'requestedBy')),
    approvers: approvals.map(({ approver }) => approver),
    detail,
  };
}

function member<Key extends string, Schema extends z.ZodType>(key: Key, schema: Schema, value: unknown) {
  const read = schema.safeParse(fieldOf(value, key));
  return read.success ? ({ [key]: read.data } as Record<Key, z.output<Schema>>) : {};
}
