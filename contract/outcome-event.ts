import * as z from 'zod';
import { diagnosisTold } from './diagnosis.ts';
import { ending } from './ending.ts';

/** Source and detail-type of what rootdesk itself puts on the bus. */
export const outcomeSource = 'rootdesk';
export const outcomeDetailType = 'Root Task Ended';

/** The detail of an outcome event: hashes and where to look, never policy text. */
export const outcomeEvent = z.strictObject({
  requestId: z.string(),
  ticket: z.strictObject({ system: z.string(), id: z.string(), url: z.string() }).nullable(),
  task: z.string().nullable(),
  target: z.looseObject({}).nullable(),
  accountId: z.string().nullable(),
  ending,
  code: z.string(),
  summary: z.string(),
  remedy: z.string().nullable(),
  /** Of tasks on resource policies; absent for all others. */
  diagnosis: diagnosisTold.optional(),
  endedAt: z.iso.datetime(),
  entryHash: z.string(),
});

export type OutcomeEvent = z.infer<typeof outcomeEvent>;
