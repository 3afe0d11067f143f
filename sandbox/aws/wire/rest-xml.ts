import { randomBytes, randomUUID } from 'node:crypto';
import { s3AuthenticationErrors } from '../authentication.ts';
import type { HttpRequest } from '../http-request.ts';
import type { Wire } from './wire.ts';
import { xml } from './xml.ts';

/** S3's REST protocol: method, path and query say what is meant; `route` reads them. */
export function restXmlWire(
  route: (request: HttpRequest) => { readonly operation: string; readonly input: Record<string, unknown> },
): Wire {
  return {
    authenticationErrors: s3AuthenticationErrors,
    operationOf: (request) => route(request).operation,
    inputOf: (request) => route(request).input,
    error(error, request) {
      const RequestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
      const HostId = randomBytes(36).toString('base64');
      return {
        status: error.status,
        headers: { 'content-type': 'application/xml', 'x-amz-request-id': RequestId, ...error.headers },
        // A HEAD is answered without a body: the code is lost, the status and headers are not.
        body:
          request.method === 'HEAD'
            ? ''
            : xml({
                Error: { Code: error.code, Message: error.message, ...error.details, RequestId, HostId },
              }),
      };
    },
  };
}
