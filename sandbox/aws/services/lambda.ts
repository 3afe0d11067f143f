import { randomUUID } from 'node:crypto';
import type { DeployedFunction, Engines } from '../../parts.ts';
import { AwsError, notModelled } from '../errors.ts';
import type { Answer, HttpRequest } from '../http-request.ts';
import type { Backstage, Call, Operation, Service } from '../operation.ts';
import { resourceOf } from '../resources.ts';
import { type Routed, restJsonWire } from '../wire/rest-json.ts';

/** Named as IAM does: faults of `Invoke` are those of services that hand an event over. */
const operation = 'InvokeFunction';
const invocations = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

function route({ method, path, query, headers }: HttpRequest): Routed | null {
  const name = method === 'POST' ? invocations.exec(path)?.[1] : undefined;
  if (name === undefined) return null;
  const { 'x-amz-invocation-type': InvocationType, 'x-amz-log-type': LogType = 'None' } = headers;
  const Qualifier = new URLSearchParams(query).get('Qualifier');
  const input = { FunctionName: decodeURIComponent(name), InvocationType, LogType, Qualifier };
  return { operation, input, readsBody: false };
}

const wire = restJsonWire(route);

/** Lambda, as far as invoking functions of the stack goes. Source: AWS Lambda API Reference, "Invoke". */
export function lambdaService(backstage: Backstage, engines: () => Engines): Service {
  return {
    wire,
    operations: { [operation]: invoke(backstage, engines) },
    accessDenied: (message) => new AwsError(403, 'AccessDeniedException', message),
    throttled: () => new AwsError(429, 'TooManyRequestsException', 'Rate Exceeded.'),
    failed: () => new AwsError(500, 'ServiceException', 'Service exception'),
  };
}

function invoke(backstage: Backstage, engines: () => Engines): Operation {
  return {
    resource: (call) => arnOf(backstage, call),
    permissions: (call) => [
      {
        action: 'lambda:InvokeFunction',
        resource: resourceOf(backstage, arnOf(backstage, call), call.principal.accountId),
      },
    ],
    async respond(call) {
      const fn = addressed(backstage, call);
      const event = payloadOf(call);
      switch (call.input.InvocationType ?? 'RequestResponse') {
        case 'Event':
          engines().invokeAsync(fn, event);
          return answer(202, '');
        case 'RequestResponse': {
          const result = await engines().invoke(fn, event);
          if (result.ok) return answer(200, JSON.stringify(result.payload));
          return answer(200, JSON.stringify(result.error), { 'x-amz-function-error': 'Unhandled' });
        }
        default:
          throw notModelled(`lambda:Invoke with the invocation type ${call.input.InvocationType}`);
      }
    },
  };
}

/** A function named without its account is one of the caller's own. */
function arnOf({ deployment }: Backstage, { input, principal, region }: Call): string {
  const name = String(input.FunctionName);
  if (name.startsWith('arn:')) return name;
  return `arn:${deployment.partition}:lambda:${region}:${principal.accountId}:function:${name}`;
}

function addressed(backstage: Backstage, call: Call): DeployedFunction {
  const { Qualifier, LogType } = call.input;
  if (Qualifier !== null) throw notModelled(`lambda:Invoke with the qualifier ${Qualifier}`);
  if (LogType !== 'None') throw notModelled(`lambda:Invoke with the log type ${LogType}`);
  const arn = arnOf(backstage, call);
  const fn = backstage.deployment.functions.find((one) => one.arn === arn);
  if (fn === undefined) throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${arn}`);
  return fn;
}

function payloadOf({ request: { body } }: Call): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError(
      400,
      'InvalidRequestContentException',
      `Could not parse request body into json: ${why}`,
    );
  }
}

function answer(status: number, body: string, more: Readonly<Record<string, string>> = {}): Answer {
  const headers = {
    'content-type': 'application/json',
    'x-amzn-requestid': randomUUID(),
    'x-amz-executed-version': '$LATEST',
    ...more,
  };
  return { status, headers, body };
}
