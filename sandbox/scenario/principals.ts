import { accountOfArn } from '../../contract/account-id.ts';
import type { Deployment } from '../parts.ts';
import { type Actor, actors } from './steps-schema.ts';

/** An administrator of an account. */
export const administratorOf = (accountId: string) => `arn:aws:iam::${accountId}:role/admin`;

/** An account that has nothing to do with the organization. */
const strangersAccount = '999999999999';

/** Who acts, by the part in the story or by the ARN. */
export function principalOf(who: string, deployment: Deployment, senderRoleArn: string): string {
  const actor = actors.find((one) => one === who);
  return actor === undefined ? who : principalOfActor(actor, deployment, senderRoleArn);
}

/** Who acts: the first configured sender role, or an administrator of some account. */
export function principalOfActor(actor: Actor, deployment: Deployment, senderRoleArn: string): string {
  switch (actor) {
    case 'ticketing':
      return senderRoleArn;
    case 'insider':
      return administratorOf(deployment.accountId);
    case 'colleague':
      return administratorOf(accountOfArn(senderRoleArn) ?? strangersAccount);
    case 'stranger':
      return administratorOf(strangersAccount);
    default:
      return actor satisfies never;
  }
}
