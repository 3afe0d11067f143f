import type { CredentialScope, HttpRequest } from './http-request.ts';
import type { Service } from './operation.ts';
import { jsonWire } from './wire/json.ts';
import { queryWire } from './wire/query.ts';
import type { Wire } from './wire/wire.ts';

/** The service of a request: its credential scope says; without a signature its form has to. */
export function serviceNameOf(request: HttpRequest, scope: CredentialScope | undefined): string {
  if (scope !== undefined) return scope.service;
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return byTarget[target.split('.')[0] ?? ''] ?? target;
  if (isForm(request)) {
    const version = new URLSearchParams(request.body.toString()).get('Version') ?? '';
    return byVersion[version] ?? `query API ${version}`;
  }
  return 's3';
}

const byTarget: Readonly<Record<string, string>> = {
  AWSEvents: 'events',
  AWSOrganizationsV20161128: 'organizations',
  AWSStepFunctions: 'states',
  AmazonSQS: 'sqs',
  AmazonSSM: 'ssm',
  DynamoDB_20120810: 'dynamodb',
};

const byVersion: Readonly<Record<string, string>> = {
  '2010-03-31': 'sns',
  '2010-05-08': 'iam',
  '2011-06-15': 'sts',
};

/** How to speak to a caller of a service that is not modelled, so that it understands at least that. */
export function wireOf(service: Service | undefined, request: HttpRequest): Wire {
  if (service !== undefined) return service.wire;
  return isForm(request) ? queryWire('https://sandbox.invalid/') : restOrJsonWire;
}

const json = jsonWire('1.1', 'sandbox');
const restOrJsonWire: Wire = {
  ...json,
  operationOf: (request) =>
    request.headers['x-amz-target'] === undefined
      ? `${request.method} ${request.path}`
      : json.operationOf(request),
};

function isForm(request: HttpRequest): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}
