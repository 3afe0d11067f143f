import type { Context } from 'aws-lambda';
import { type PlanAnswer, runOrder } from '../../contract/orders.ts';
import { planRun } from './plan-run.ts';
import { wirePlanner } from './wire.ts';

let plannerFor: ReturnType<typeof wirePlanner> | undefined;

/** The first step of a run's state machine: which accounts are visited. */
export async function handler(order: unknown, context: Context): Promise<PlanAnswer> {
  plannerFor ??= wirePlanner();
  return planRun(runOrder.parse(order), plannerFor(context));
}
