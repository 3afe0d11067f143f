import { randomUUID } from 'node:crypto';
import { queryAuthenticationErrors } from '../authentication.ts';
import type { Answer } from '../http-request.ts';
import type { Wire } from './wire.ts';
import { xml } from './xml.ts';

export interface QueryWire extends Wire {
  /** Without a result for operations that answer nothing. */
  success(operation: string, result?: Record<string, unknown>): Answer;
}

/** The query protocol of STS, IAM and SNS: form fields in, XML of the service's namespace out. */
export function queryWire(namespace: string): QueryWire {
  const answer = (status: number, requestId: string, document: Record<string, unknown>): Answer => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: xml(document),
  });
  return {
    authenticationErrors: queryAuthenticationErrors,
    operationOf: (request) => new URLSearchParams(request.body.toString()).get('Action') ?? '',
    inputOf(request) {
      const {
        Action: _,
        Version: __,
        ...input
      } = Object.fromEntries(new URLSearchParams(request.body.toString()));
      return input;
    },
    success(operation, result) {
      const RequestId = randomUUID();
      return answer(200, RequestId, {
        [`${operation}Response`]: {
          '@xmlns': namespace,
          ...(result !== undefined && { [`${operation}Result`]: result }),
          ResponseMetadata: { RequestId },
        },
      });
    },
    error(error) {
      const RequestId = randomUUID();
      const Type = error.status < 500 ? 'Sender' : 'Receiver';
      return answer(error.status, RequestId, {
        ErrorResponse: {
          '@xmlns': namespace,
          Error: { Type, Code: error.code, Message: error.message },
          RequestId,
        },
      });
    },
  };
}
