import type { AwsEvents, FaultRequest } from '../parts.ts';
import { SandboxError } from './errors.ts';
import type { FaultsOfCall } from './faults.ts';
import type { Call, Service } from './operation.ts';
import { failed, type Outcome } from './outcome.ts';

/** Lets the fault happen that is due for this call, if any. A crash ends the caller before anything else. */
export function strike(
  {
    faults,
    events,
  }: { readonly faults: FaultsOfCall; readonly events: Pick<AwsEvents, 'crash' | 'noAnswer' | 'struck'> },
  service: Service,
  call: Call,
  when: FaultRequest['when'],
): Outcome | undefined {
  const effect = faults.take(when);
  const { environmentId } = call.principal;
  if (effect !== undefined && environmentId !== null) events.struck(environmentId);
  switch (effect) {
    case undefined:
      return undefined;
    case 'throttle':
      return failed(service.throttled(), service.wire, call.request);
    case 'serverError':
      return failed(service.failed(), service.wire, call.request);
    case 'timeout':
      if (environmentId !== null) events.noAnswer(environmentId);
      return { answer: 'silence', error: 'timeout', refused: false };
    case 'crash':
      if (environmentId === null) return { answer: 'hangUp', error: 'crash', refused: false };
      events.crash(environmentId);
      // The connection goes with the caller. Were it broken here, a caller that is not gone yet would call again.
      return { answer: 'silence', error: 'crash', refused: false };
    case 'notTaken': {
      const error = service.notTaken?.[call.operation]?.();
      if (error === undefined) throw new SandboxError(`${call.operation} takes no policy`);
      return failed(error, service.wire, call.request);
    }
    case 'abort':
      throw new SandboxError('a call cannot be aborted: "abort" is for states RunChild');
    default:
      return effect satisfies never;
  }
}
