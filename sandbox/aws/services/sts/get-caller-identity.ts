import type { Operation } from '../../operation.ts';
import { stsWire } from './wire.ts';

/** Needs no permission, and no policy can deny it. */
export const getCallerIdentity: Operation = {
  resource: () => '*',
  permissions: () => [],
  respond: ({ principal }) =>
    stsWire.success('GetCallerIdentity', {
      Arn: principal.arn,
      UserId: principal.userId,
      Account: principal.accountId,
    }),
};
