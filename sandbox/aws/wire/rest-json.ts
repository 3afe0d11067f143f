import { randomUUID } from 'node:crypto';
import { jsonAuthenticationErrors } from '../authentication.ts';
import { AwsError } from '../errors.ts';
import type { Answer, HttpRequest } from '../http-request.ts';
import { isRecord } from './json.ts';
import type { Wire } from './wire.ts';

export interface RestJsonWire extends Wire {
  success(body: Readonly<Record<string, unknown>>): Answer;
}

/** What a request means: its operation, and what its path, query and headers say. */
export interface Routed {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether the body holds further parameters; some bodies are the operation's own matter. */
  readonly readsBody: boolean;
}

/** Null for what is not known. */
export type Route = (request: HttpRequest) => Routed | null;

/** AWS's REST protocol with JSON bodies: method and path say what is meant, the body holds the rest. */
export function restJsonWire(route: Route): RestJsonWire {
  const headers = () => ({ 'content-type': 'application/json', 'x-amzn-requestid': randomUUID() });
  return {
    authenticationErrors: jsonAuthenticationErrors,
    operationOf: (request) => route(request)?.operation ?? `${request.method} ${request.path}`,
    inputOf(request) {
      const routed = route(request);
      return { ...(routed?.readsBody && jsonBody(request)), ...routed?.input };
    },
    success: (body) => ({ status: 200, headers: headers(), body: JSON.stringify(body) }),
    error: (error) => ({
      status: error.status,
      headers: { ...headers(), 'x-amzn-errortype': error.code, ...error.headers },
      body: JSON.stringify({ Message: error.message, ...error.details }),
    }),
  };
}

/** A body that is a JSON object, or AWS's refusal of any other. */
function jsonBody({ body }: HttpRequest): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
    if (isRecord(value)) return value;
  } catch {
    // Told below.
  }
  throw new AwsError(400, 'SerializationException', 'Start of structure expected');
}
