import { randomUUID } from 'node:crypto';
import { isDeeperThan } from '../../deep-json.ts';
import { jsonAuthenticationErrors } from '../authentication.ts';
import { AwsError } from '../errors.ts';
import type { Answer } from '../http-request.ts';
import type { Wire } from './wire.ts';

export interface JsonWire extends Wire {
  success(body: Readonly<Record<string, unknown>>): Answer;
}

/** AWS's JSON protocols 1.0 and 1.1: the operation in `X-Amz-Target`, everything else in the body. */
export function jsonWire(version: '1.0' | '1.1', errorNamespace: string): JsonWire {
  const headers = () => ({
    'content-type': `application/x-amz-json-${version}`,
    'x-amzn-requestid': randomUUID(),
  });
  return {
    authenticationErrors: jsonAuthenticationErrors,
    operationOf: (request) => (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '',
    inputOf(request) {
      const input = parseObject(request.body.toString());
      if (input === undefined)
        throw new AwsError(400, 'SerializationException', 'Start of structure expected');
      return input;
    },
    success: (body) => ({ status: 200, headers: headers(), body: JSON.stringify(body) }),
    error: (error) => ({
      status: error.status,
      headers: { ...headers(), 'x-amzn-errortype': error.code, ...error.headers },
      body: JSON.stringify({
        __type: `${errorNamespace}#${error.code}`,
        message: error.message,
        ...error.details,
      }),
    }),
  };
}

/** No input of a modelled operation has as many levels; the details of events are text in it. */
const deepest = 100;

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return isRecord(value) && !isDeeperThan(deepest, value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
