/**
 * The order of the corridor, as the compiler holds it: each line below must not type. `tsc --noEmit` is the runner;
 * nothing here is ever called.
 */

import { noPolicy } from '../../lambdas/resource-policy.ts';
import type { ClosingSchedule } from '../../lambdas/root-task/adapters/closing-schedule.ts';
import type { DeliveryLock } from '../../lambdas/root-task/adapters/delivery-lock.ts';
import type { RootSession, RootSessions, TaskRole } from '../../lambdas/root-task/adapters/root-sessions.ts';
import type { RootUser } from '../../lambdas/root-task/adapters/root-user.ts';
import { openPassword } from '../../lambdas/root-task/credentials/open-password.ts';
import type { Lane } from '../../lambdas/root-task/lane.ts';
import type { Receipt } from '../../lambdas/root-task/receipt.ts';
import type { ResourcePolicyTask } from '../../lambdas/root-task/resource-policy-task.ts';
import type { RootTask } from '../../lambdas/root-task/root-task.ts';
import {
  type AuthorizedRequest,
  authorize,
  type TargetedRequest,
} from '../../lambdas/root-task/steps/authorize.ts';
import { type ClaimedRequest, claim, readRequest } from '../../lambdas/root-task/steps/claim.ts';
import { openRootSession } from '../../lambdas/root-task/steps/open-root-session.ts';
import type { Received, Refusal } from '../../lambdas/root-task/steps/received.ts';
import { type Declared, declare, endWithoutSession } from '../../lambdas/root-task/steps/record.ts';
import { workOn } from '../../lambdas/root-task/steps/work.ts';

interface Corridor {
  readonly event: unknown;
  readonly received: Received;
  readonly refusal: Refusal;
  readonly authorized: AuthorizedRequest;
  readonly targeted: TargetedRequest;
  readonly claimed: ClaimedRequest;
  readonly role: TaskRole;
  readonly session: RootSession;
  readonly task: ResourcePolicyTask;
  readonly whole: RootTask;
  readonly lane: Lane;
  readonly sessions: RootSessions;
  readonly lock: DeliveryLock;
  readonly user: RootUser;
  readonly schedule: ClosingSchedule;
  readonly receipt: Receipt;
}

export async function neverInAnotherOrder(corridor: Corridor) {
  const {
    authorized,
    claimed,
    event,
    lane,
    lock,
    receipt,
    received,
    refusal,
    role,
    schedule,
    session,
    sessions,
    targeted,
    task,
    user,
    whole,
  } = corridor;

  // @ts-expect-error nothing is authorized that was not received
  authorize(event, lane.settings, lane.clock.now());
  // @ts-expect-error a refusal is not authorized
  authorize(refusal, lane.settings, lane.clock.now());

  // @ts-expect-error nothing is claimed that was not authorized
  await readRequest(received, lane);
  // @ts-expect-error nothing is locked that was not authorized
  await lock.holding(received, async () => receipt);
  // @ts-expect-error nothing is claimed without knowing where it stands
  await claim(authorized, lane);
  // @ts-expect-error nothing of the whole organization is claimed: a root session is of one account
  await readRequest(authorized, lane);
  // @ts-expect-error an authorization cannot be written by hand
  const forged: AuthorizedRequest = {
    ...received,
    requestId: authorized.requestId,
    authorization: authorized.authorization,
  };

  // @ts-expect-error the task role is taken on for one account only
  await sessions.assumeTaskRole(authorized);
  // @ts-expect-error the task role is taken on for an authorized request only
  await sessions.assumeTaskRole(received);
  // @ts-expect-error no root session without a claimed request
  await sessions.assumeRoot(role, { request: authorized });
  // @ts-expect-error no root session without the task role
  await sessions.assumeRoot(session, claimed);
  // @ts-expect-error no root session for a request that was only authorized
  await openRootSession(authorized, role, lane);
  // @ts-expect-error a claim cannot be written by hand
  const taken: ClaimedRequest = { request: authorized, chain: claimed.chain, supersededBy: null };

  // @ts-expect-error no work without a root session
  await workOn(claimed, role, task, lane);
  // @ts-expect-error no work on what was not claimed
  await workOn(authorized, session, task, lane);

  // @ts-expect-error no work of any task without a root session
  await whole.work(claimed, role, lane);
  // @ts-expect-error no work of any task on what was not claimed
  await whole.work(targeted, session, lane);

  const inspected = await task.inspect(session, targeted.target);
  // @ts-expect-error no inspection in the task role
  await task.inspect(role, targeted.target);
  // @ts-expect-error nothing is declared that could not be inspected
  await declare(claimed, session, { ...inspected, intended: noPolicy }, lane);
  const words = { summary: '', remedy: null } as const;
  // @ts-expect-error a refusal is not an ending of a claimed request
  await endWithoutSession(claimed, { ending: 'refused', code: 'malformed', ...words }, lane);
  // @ts-expect-error a refusal after looking has codes of its own
  await endWithoutSession(claimed, { ending: 'refused', code: 'too-few-approvals', ...words }, lane);
  // @ts-expect-error an ending has a code of its own
  await endWithoutSession(claimed, { ending: 'succeeded', code: 'no-policy', ...words }, lane);
  if (inspected.kind === 'inspected') {
    // @ts-expect-error nothing is declared of which nobody has decided what it is to be
    await declare(claimed, session, inspected, lane);
    const decided = { ...inspected, intended: noPolicy };
    const { entry } = await declare(claimed, session, decided, lane);
    const opening = { before: { password: { state: 'absent' } }, intended: { closesAt: '', schedule: '' } };
    // @ts-expect-error nothing is opened that was not declared
    await openPassword({ claimed, inspected: opening, entry }, user, schedule, lane);
    // @ts-expect-error what is declared of a policy opens nothing
    await openPassword(await declare(claimed, session, decided, lane), user, schedule, lane);
    // @ts-expect-error a declaration cannot be written by hand
    const declared: Declared<typeof decided> = { claimed, inspected: decided, entry };
    return declared;
  }
  return [forged, taken];
}
