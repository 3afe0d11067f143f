import type { Context } from 'aws-lambda';
import { runOrder } from '../../contract/orders.ts';
import { type Receipt, receiptOf } from '../root-task/receipt.ts';
import { collateRun } from './collate-run.ts';
import { wireCollator } from './wire.ts';

let collatorFor: ReturnType<typeof wireCollator> | undefined;

/** The last step of a run's state machine: what came of it, its report and its ending. */
export async function handler(order: unknown, context: Context): Promise<Receipt> {
  collatorFor ??= wireCollator();
  return receiptOf(await collateRun(runOrder.parse(order), collatorFor(context)));
}
