import type { AwsEvents, FaultRequest } from '../parts.ts';
import type { Faults } from './faults.ts';
import type { Answer } from './http-request.ts';
import type { Call, Service } from './operation.ts';

/** How a call went: what is answered, and what the call log says went wrong. */
export interface Outcome {
  /** `silence`: never answered. `hangUp`: the connection breaks. */
  readonly answer: Answer | 'silence' | 'hangUp';
  readonly error: string | null;
}

/** Lets the fault happen that is due for this call, if any. A crash ends the caller before anything else. */
export function strike(
  { faults, events }: { readonly faults: Faults; readonly events: Pick<AwsEvents, 'crash' | 'noAnswer'> },
  service: Service,
  call: Call,
  when: FaultRequest['when'],
): Outcome | undefined {
  const effect = faults.take(call.service, call.operation, when);
  const { environmentId } = call.principal;
  switch (effect) {
    case undefined:
      return undefined;
    case 'throttle': {
      const error = service.throttled();
      return { answer: service.wire.error(error, call.request), error: error.code };
    }
    case 'serverError': {
      const error = service.failed();
      return { answer: service.wire.error(error, call.request), error: error.code };
    }
    case 'timeout':
      if (environmentId !== null) events.noAnswer(environmentId);
      return { answer: 'silence', error: 'timeout' };
    case 'crash':
      if (environmentId !== null) events.crash(environmentId);
      return { answer: 'hangUp', error: 'crash' };
    default:
      return effect satisfies never;
  }
}
