import type { AuthenticationErrors } from '../authentication.ts';
import type { AwsError } from '../errors.ts';
import type { Answer, HttpRequest } from '../http-request.ts';

/** One of AWS's protocols: how a request names its operation and how an error is written. */
export interface Wire {
  readonly authenticationErrors: AuthenticationErrors;
  operationOf(request: HttpRequest): string;
  /** The operation's parameters, as the protocol carries them. */
  inputOf(request: HttpRequest): Readonly<Record<string, unknown>>;
  error(error: AwsError, request: HttpRequest): Answer;
}
