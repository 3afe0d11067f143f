import * as z from 'zod';
import { accountId } from './account-id.ts';

/**
 * What rootdesk's own parts tell each other to do. An order authorizes nothing: whoever takes it looks into the audit
 * trail for the approval that it names, and at nothing else that it says.
 */

const requestId = z.string().min(1).max(2048);

/** From a run's state machine to a lane: one account of the run. `part` is the planned entry that names it. */
export const accountOrder = z.strictObject({
  parentRequestId: requestId,
  accountId,
  part: z.int().positive(),
});
export type AccountOrder = z.infer<typeof accountOrder>;

/** From a schedule to the lane that closes: the opening whose time has come. */
export const closingOrder = z.strictObject({ closes: requestId });
export type ClosingOrder = z.infer<typeof closingOrder>;

/** The input of a run's state machine, and of the functions that plan and collate it. */
export const runOrder = z.strictObject({ requestId });
export type RunOrder = z.infer<typeof runOrder>;

/** From the settings' schedule: an audit across the organization, by the time that it was scheduled for. */
export const scheduledAuditOrder = z.strictObject({
  scheduledAudit: z.literal(true),
  at: z.iso.datetime(),
});
export type ScheduledAuditOrder = z.infer<typeof scheduledAuditOrder>;

/** What planning answers the state machine: where the list of accounts is, and how many are left to visit. */
export const planAnswer = z.strictObject({
  bucket: z.string(),
  key: z.string(),
  accounts: z.int().nonnegative(),
});
export type PlanAnswer = z.infer<typeof planAnswer>;

/** One item of the list of accounts that the map reads. */
export const listedAccount = z.strictObject({ accountId, part: z.int().positive() });
export type ListedAccount = z.infer<typeof listedAccount>;
