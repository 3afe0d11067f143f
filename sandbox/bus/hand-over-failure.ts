import type { FaultRequest } from '../parts.ts';

/** Why EventBridge could not hand an event over, with the code that it gives to a dead-letter queue. */
export interface HandOverFailure {
  readonly code: string;
  readonly message: string;
  /** What nobody but a person can change is not tried again. */
  readonly retriable: boolean;
}

export function noPermissions(message: string): HandOverFailure {
  return { code: 'NO_PERMISSIONS', message, retriable: false };
}

/** What a fault of the story makes of it. */
export function struck(effect: FaultRequest['effect']): HandOverFailure {
  switch (effect) {
    case 'throttle':
      return { code: 'THROTTLING', message: 'Rate Exceeded.', retriable: true };
    case 'serverError':
      return { code: 'INTERNAL_ERROR', message: 'Service exception', retriable: true };
    case 'timeout':
      return { code: 'TIMEOUT', message: 'The target did not answer in time.', retriable: true };
    case 'crash':
      return { code: 'CONNECTION_FAILURE', message: 'The connection broke.', retriable: true };
    case 'abort':
    case 'notTaken':
      throw new Error(`a hand-over cannot end so: "${effect}" is for calls of other operations`);
    default:
      return effect satisfies never;
  }
}
