import type { Lane } from '../../../lambdas/root-task/lane.ts';
import type { TargetedRequest } from '../../../lambdas/root-task/steps/authorize.ts';
import { claim, readRequest, standingOf } from '../../../lambdas/root-task/steps/claim.ts';

/** Where a request stands, read and judged as a run does. */
export const standing = async (request: TargetedRequest, lane: Lane) =>
  standingOf(await readRequest(request, lane), lane);

/** A request as a run would have claimed it. */
export const claimedBy = async (request: TargetedRequest, lane: Lane) =>
  claim(await standing(request, lane), lane);
