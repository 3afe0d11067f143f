import type { AwsError } from './errors.ts';
import type { Answer, HttpRequest } from './http-request.ts';
import type { Wire } from './wire/wire.ts';

/** How a call went: what is answered, and what the call log says of it. */
export interface Outcome {
  /** `silence`: never answered. `hangUp`: the connection breaks. */
  readonly answer: Answer | 'silence' | 'hangUp';
  readonly error: string | null;
  /** Who it was, or what it asked for, was refused; a call that merely failed was allowed. */
  readonly refused: boolean;
}

export function answered(answer: Answer): Outcome {
  return { answer, error: null, refused: false };
}

export function failed(error: AwsError, wire: Wire, request: HttpRequest): Outcome {
  return { answer: wire.error(error, request), error: error.code, refused: /^AccessDenied/.test(error.code) };
}

export function refused(error: AwsError, wire: Wire, request: HttpRequest): Outcome {
  return { ...failed(error, wire, request), refused: true };
}
