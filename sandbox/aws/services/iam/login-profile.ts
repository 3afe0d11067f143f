import type { RootUser } from '../../../parts.ts';
import { AwsError, notModelled } from '../../errors.ts';
import type { Backstage, Operation } from '../../operation.ts';
import { ownRootUserOf, rootUserOf } from '../../root-user.ts';
import { callersAccount, onCallersRootUser } from './root-user.ts';
import { iamWire, noSuchEntity, seconds } from './wire.ts';

/** AWS's own words for a root user without a password. */
const notThere = 'Login Profile for User null cannot be found.';

export function getLoginProfile(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:GetLoginProfile'),
    respond(call) {
      const { password } = rootUserOf(callersAccount(backstage, call));
      if (password === undefined) throw noSuchEntity(notThere);
      return iamWire.success('GetLoginProfile', loginProfile(password));
    },
  };
}

/** Makes the profile without a password: from then on the holder of the root mailbox can set one. */
export function createLoginProfile(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:CreateLoginProfile'),
    respond(call) {
      const account = callersAccount(backstage, call);
      const [more] = Object.keys(call.input);
      if (more !== undefined) throw notModelled(`iam:CreateLoginProfile with ${more}`);
      const user = ownRootUserOf(account);
      if (user.password !== undefined) {
        const message = `Login Profile for account ${account.id} already exists.`;
        throw new AwsError(409, 'EntityAlreadyExists', message);
      }
      user.password = { createdAt: seconds(new Date(backstage.clock.now()).toISOString()) };
      return iamWire.success('CreateLoginProfile', loginProfile(user.password));
    },
  };
}

export function deleteLoginProfile(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:DeleteLoginProfile'),
    respond(call) {
      const user = ownRootUserOf(callersAccount(backstage, call));
      if (user.password === undefined) throw noSuchEntity(notThere);
      delete user.password;
      return iamWire.success('DeleteLoginProfile');
    },
  };
}

function loginProfile({ createdAt }: NonNullable<RootUser['password']>) {
  return { LoginProfile: { CreateDate: seconds(createdAt), PasswordResetRequired: false } };
}
