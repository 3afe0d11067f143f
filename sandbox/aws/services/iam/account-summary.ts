import type { Account } from '../../../parts.ts';
import { type Backstage, type Operation, plainResource } from '../../operation.ts';
import { rootUserOf } from '../../root-user.ts';
import { accountOf } from './root-user.ts';
import { iamWire } from './wire.ts';

/** GetAccountSummary: what there is of credentials is counted, the rest is as in a hardly used account. */
export function getAccountSummary(backstage: Backstage): Operation {
  return {
    resource: () => '*',
    permissions: ({ principal }) => [
      { action: 'iam:GetAccountSummary', resource: plainResource('*', principal.accountId) },
    ],
    respond(call) {
      const summary = { ...hardlyUsed, ...counted(accountOf(backstage, call)) };
      const entry = Object.entries(summary).map(([key, value]) => ({ key, value }));
      return iamWire.success('GetAccountSummary', { SummaryMap: { entry } });
    },
  };
}

/** The root user's own in `Account…`, as 0 or 1; devices of the whole account in `MFADevices` and `…InUse`. */
function counted(account: Account) {
  const { password, accessKeys, mfaDevices, signingCertificates } = rootUserOf(account);
  return {
    AccountAccessKeysPresent: oneIf(accessKeys.length > 0),
    AccountMFAEnabled: oneIf(mfaDevices.length > 0),
    AccountPasswordPresent: oneIf(password !== undefined),
    AccountSigningCertificatesPresent: oneIf(signingCertificates.length > 0),
    MFADevices: mfaDevices.length + (account.unassignedMfaDevices?.length ?? 0),
    MFADevicesInUse: mfaDevices.length,
  };
}

function oneIf(present: boolean): number {
  return present ? 1 : 0;
}

const hardlyUsed = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 20,
  AttachedPoliciesPerUserQuota: 10,
  GlobalEndpointTokenVersion: 1,
  GroupPolicySizeQuota: 5120,
  Groups: 0,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfiles: 0,
  InstanceProfilesQuota: 1000,
  Policies: 0,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUse: 7,
  PolicyVersionsInUseQuota: 10_000,
  Providers: 1,
  RolePolicySizeQuota: 10_240,
  Roles: 8,
  RolesQuota: 1000,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  Users: 0,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};
