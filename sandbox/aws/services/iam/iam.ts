import { AwsError } from '../../errors.ts';
import type { Backstage, Service } from '../../operation.ts';
import { deleteAccessKey, getAccessKeyLastUsed, listAccessKeys } from './access-keys.ts';
import { getAccountSummary } from './account-summary.ts';
import { getUser } from './get-user.ts';
import { createLoginProfile, deleteLoginProfile, getLoginProfile } from './login-profile.ts';
import { deactivateMfaDevice, deleteVirtualMfaDevice, listMfaDevices } from './mfa-devices.ts';
import { listOrganizationsFeatures } from './organizations-features.ts';
import { deleteSigningCertificate, listSigningCertificates } from './signing-certificates.ts';
import { iamWire } from './wire.ts';

/** IAM, as far as the root users of an organization go: there are no other users in the sandbox. */
export function iamService(backstage: Backstage): Service {
  return {
    wire: iamWire,
    operations: {
      CreateLoginProfile: createLoginProfile(backstage),
      DeactivateMFADevice: deactivateMfaDevice(backstage),
      DeleteAccessKey: deleteAccessKey(backstage),
      DeleteLoginProfile: deleteLoginProfile(backstage),
      DeleteSigningCertificate: deleteSigningCertificate(backstage),
      DeleteVirtualMFADevice: deleteVirtualMfaDevice(backstage),
      GetAccessKeyLastUsed: getAccessKeyLastUsed(backstage),
      GetAccountSummary: getAccountSummary(backstage),
      GetLoginProfile: getLoginProfile(backstage),
      GetUser: getUser(backstage),
      ListAccessKeys: listAccessKeys(backstage),
      ListMFADevices: listMfaDevices(backstage),
      ListOrganizationsFeatures: listOrganizationsFeatures(backstage),
      ListSigningCertificates: listSigningCertificates(backstage),
    },
    accessDenied: (message) => new AwsError(403, 'AccessDenied', message),
    throttled: () => new AwsError(400, 'Throttling', 'Rate exceeded'),
    failed: () =>
      new AwsError(500, 'ServiceFailure', 'The request processing has failed because of an unknown error.'),
  };
}
