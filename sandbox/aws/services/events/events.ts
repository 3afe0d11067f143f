import { AwsError } from '../../errors.ts';
import type { Backstage, Service } from '../../operation.ts';
import { putEvents } from './put-events.ts';
import { eventsWire } from './wire.ts';

export function eventsService(backstage: Backstage): Service {
  return {
    wire: eventsWire,
    operations: { PutEvents: putEvents(backstage) },
    accessDenied: (message) => new AwsError(400, 'AccessDeniedException', message),
    throttled: () => new AwsError(400, 'ThrottlingException', 'Rate exceeded'),
    failed: () =>
      new AwsError(
        500,
        'InternalException',
        'The request processing has failed because of an unknown error.',
      ),
  };
}
