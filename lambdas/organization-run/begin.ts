import type { Context } from 'aws-lambda';
import type { Receipt } from '../root-task/receipt.ts';
import { type Begun, beginRun } from './begin-run.ts';
import { wireBeginner } from './wire.ts';

let beginnerFor: ReturnType<typeof wireBeginner> | undefined;

/** Takes approvals whose target is the organization, and the times of audits by schedule. */
export async function handler(event: unknown, context: Context): Promise<Receipt | Begun | null> {
  beginnerFor ??= wireBeginner();
  return beginRun(event, beginnerFor(context));
}
