import type { AccountId } from '../../../contract/account-id.ts';
import { accountOf } from '../../../contract/target.ts';
import { type TargetedRequest, understoodOf } from './authorize.ts';
import type { Refusal } from './received.ts';

/**
 * The refusal of a request on the account in which rootdesk itself runs; null for every other. Root there could remove
 * the policies that keep the audit trail, its digests and its queues what they are. IAM denies it to the task role as
 * well; this says so before anything is opened. Which account that is, no setting says and no ticket may.
 */
export function refuseOwnAccount(request: TargetedRequest, ownAccountId: AccountId): Refusal | null {
  if (accountOf(request.target) !== ownAccountId) return null;
  return {
    kind: 'refusal',
    reasons: [
      {
        code: 'own-account',
        path: 'detail.target',
        message: `${ownAccountId} is the account in which rootdesk runs; it is never a target`,
      },
    ],
    understood: understoodOf(request),
    event: request.envelope,
    requestId: request.requestId,
  };
}
