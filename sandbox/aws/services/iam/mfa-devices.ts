import { AwsError } from '../../errors.ts';
import { type Backstage, type Call, type Operation, plainResource } from '../../operation.ts';
import { deactivateDevice, isVirtualDevice, rootUserOf } from '../../root-user.ts';
import { page } from './pages.ts';
import { accountOf, callersAccount, onCallersRootUser } from './root-user.ts';
import { iamWire, noSuchEntity, required, seconds } from './wire.ts';

export function listMfaDevices(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:ListMFADevices'),
    respond(call) {
      const { members, rest } = page(call, rootUserOf(callersAccount(backstage, call)).mfaDevices);
      const member = members.map(({ serialNumber, enabledAt }) => ({
        SerialNumber: serialNumber,
        EnableDate: seconds(enabledAt),
      }));
      return iamWire.success('ListMFADevices', { MFADevices: { member }, ...rest });
    },
  };
}

export function deactivateMfaDevice(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:DeactivateMFADevice'),
    respond(call) {
      const serialNumber = required(call, 'SerialNumber');
      const account = callersAccount(backstage, call);
      if (!rootUserOf(account).mfaDevices.some((device) => device.serialNumber === serialNumber)) {
        throw noSuchEntity(`MFA Device with serial number ${serialNumber} does not exist.`);
      }
      deactivateDevice(account, serialNumber);
      return iamWire.success('DeactivateMFADevice');
    },
  };
}

/** Its resource is the device, not the user: the task policies, which leave only the root user, deny it. */
export function deleteVirtualMfaDevice(backstage: Backstage): Operation {
  return {
    resource: (call) => deviceArn(call, String(call.input.SerialNumber ?? '')),
    permissions: (call) => [
      {
        action: 'iam:DeleteVirtualMFADevice',
        resource: plainResource(deviceArn(call, required(call, 'SerialNumber')), call.principal.accountId),
      },
    ],
    respond(call) {
      const serialNumber = required(call, 'SerialNumber');
      const account = accountOf(backstage, call);
      if (rootUserOf(account).mfaDevices.some((device) => device.serialNumber === serialNumber)) {
        throw new AwsError(409, 'DeleteConflict', 'MFA VirtualDevice in use. Must deactivate first.');
      }
      const devices = account.unassignedMfaDevices ?? [];
      const others = devices.filter((device) => device.serialNumber !== serialNumber);
      if (others.length === devices.length) {
        throw noSuchEntity(`VirtualMFADevice with serial number ${serialNumber} doesn't exist.`);
      }
      account.unassignedMfaDevices = others;
      return iamWire.success('DeleteVirtualMFADevice');
    },
  };
}

function deviceArn({ principal }: Call, serialNumber: string): string {
  if (isVirtualDevice(serialNumber)) return serialNumber;
  return `arn:aws:iam::${principal.accountId}:mfa/${serialNumber.split('/').at(-1)}`;
}
