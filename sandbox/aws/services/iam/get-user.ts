import type { Backstage, Operation } from '../../operation.ts';
import { longAgo, rootUserOf } from '../../root-user.ts';
import { callersAccount, onCallersRootUser } from './root-user.ts';
import { iamWire, seconds } from './wire.ts';

/** GetUser of a root user: without a name and a path, as AWS was seen to answer. */
export function getUser(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:GetUser'),
    respond(call) {
      const account = callersAccount(backstage, call);
      const lastUsedAt = rootUserOf(account).password?.lastUsedAt;
      return iamWire.success('GetUser', {
        User: {
          UserId: account.id,
          Arn: call.principal.principalArn,
          CreateDate: longAgo,
          ...(lastUsedAt !== undefined && { PasswordLastUsed: seconds(lastUsedAt) }),
        },
      });
    },
  };
}
