import { notAuthorized } from '../../denial.ts';
import { AwsError } from '../../errors.ts';
import type { Backstage, Operation } from '../../operation.ts';
import { ownRootUserOf, rootUserOf } from '../../root-user.ts';
import { page } from './pages.ts';
import { callersAccount, onCallersRootUser } from './root-user.ts';
import { iamWire, noSuchEntity, required, seconds } from './wire.ts';

export function listAccessKeys(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:ListAccessKeys'),
    respond(call) {
      const { members, rest } = page(call, rootUserOf(callersAccount(backstage, call)).accessKeys);
      const member = members.map(({ id, status, createdAt }) => ({
        AccessKeyId: id,
        Status: status,
        CreateDate: seconds(createdAt),
      }));
      return iamWire.success('ListAccessKeys', { AccessKeyMetadata: { member }, ...rest });
    },
  };
}

/** A key that the caller's account does not have is answered like one that the caller may not see. */
export function getAccessKeyLastUsed(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:GetAccessKeyLastUsed'),
    respond(call) {
      const id = required(call, 'AccessKeyId');
      const key = rootUserOf(callersAccount(backstage, call)).accessKeys.find((one) => one.id === id);
      if (key === undefined) {
        const message = notAuthorized(call.principal.arn, 'iam:GetAccessKeyLastUsed', `access key ${id}`);
        throw new AwsError(403, 'AccessDenied', message);
      }
      return iamWire.success('GetAccessKeyLastUsed', {
        AccessKeyLastUsed: {
          ...(key.lastUsedAt !== undefined && { LastUsedDate: seconds(key.lastUsedAt) }),
          ServiceName: key.lastUsedService ?? 'N/A',
          Region: key.lastUsedRegion ?? 'N/A',
        },
      });
    },
  };
}

export function deleteAccessKey(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:DeleteAccessKey'),
    respond(call) {
      const id = required(call, 'AccessKeyId');
      const user = ownRootUserOf(callersAccount(backstage, call));
      const others = user.accessKeys.filter((key) => key.id !== id);
      if (others.length === user.accessKeys.length) {
        throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
      }
      user.accessKeys = others;
      return iamWire.success('DeleteAccessKey');
    },
  };
}
