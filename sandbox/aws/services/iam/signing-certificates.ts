import type { Backstage, Operation } from '../../operation.ts';
import { ownRootUserOf, rootUserOf } from '../../root-user.ts';
import { page } from './pages.ts';
import { callersAccount, onCallersRootUser } from './root-user.ts';
import { iamWire, noSuchEntity, required, seconds } from './wire.ts';

export function listSigningCertificates(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:ListSigningCertificates'),
    respond(call) {
      const { members, rest } = page(call, rootUserOf(callersAccount(backstage, call)).signingCertificates);
      const member = members.map(({ id, status, uploadedAt }) => ({
        CertificateId: id,
        CertificateBody: `-----BEGIN CERTIFICATE-----\n${id}\n-----END CERTIFICATE-----`,
        Status: status,
        UploadDate: seconds(uploadedAt),
      }));
      return iamWire.success('ListSigningCertificates', { Certificates: { member }, ...rest });
    },
  };
}

export function deleteSigningCertificate(backstage: Backstage): Operation {
  return {
    ...onCallersRootUser('iam:DeleteSigningCertificate'),
    respond(call) {
      const id = required(call, 'CertificateId');
      const user = ownRootUserOf(callersAccount(backstage, call));
      const others = user.signingCertificates.filter((certificate) => certificate.id !== id);
      if (others.length === user.signingCertificates.length) {
        throw noSuchEntity(`The Certificate with id ${id} cannot be found.`);
      }
      user.signingCertificates = others;
      return iamWire.success('DeleteSigningCertificate');
    },
  };
}
