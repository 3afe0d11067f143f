import { AwsError } from '../../errors.ts';
import type { Backstage, Service } from '../../operation.ts';
import { assumeRole } from './assume-role.ts';
import { assumeRoot } from './assume-root.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { stsWire } from './wire.ts';

export function stsService(backstage: Backstage): Service {
  return {
    wire: stsWire,
    operations: {
      AssumeRole: assumeRole(backstage),
      AssumeRoot: assumeRoot(backstage),
      GetCallerIdentity: getCallerIdentity,
    },
    accessDenied: (message) => new AwsError(403, 'AccessDenied', message),
    throttled: () => new AwsError(400, 'Throttling', 'Rate exceeded'),
    failed: () =>
      new AwsError(
        500,
        'InternalFailure',
        'The request processing has failed because of an unknown error, exception or failure.',
      ),
  };
}
