import { randomUUID } from 'node:crypto';
import type { InvocationResult } from '../lambda/result.ts';
import type { Aws, CallRecord, Clock, DeployedFunction, DeployedStateMachine, Deployment } from '../parts.ts';
import { StateError, withinLimit } from './state-error.ts';

export interface LambdaTaskParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly decide: Aws['decide'];
  readonly faultsOf: Aws['faultsOf'];
  readonly invoke: (fn: DeployedFunction, event: unknown) => Promise<InvocationResult>;
  readonly record: (call: CallRecord) => void;
}

/** Runs one try of a `lambda:invoke` task, as the machine's role. */
export type LambdaTask = (machine: DeployedStateMachine, state: string, input: unknown) => Promise<unknown>;

/**
 * Errors as Step Functions names them: that of the function, or one of Lambda's. Source: Step Functions Developer
 * Guide, "Handling errors in Step Functions workflows" and "Invoke an AWS Lambda function with Step Functions".
 */
export function createLambdaTask(parts: LambdaTaskParts): LambdaTask {
  const { deployment, clock } = parts;

  return async (machine, state, input) => {
    const { FunctionName, Payload } = input as { readonly FunctionName: string; readonly Payload?: unknown };
    const fn = deployment.functions.find(({ arn, name }) => arn === FunctionName || name === FunctionName);
    if (fn === undefined)
      throw lambdaError('ResourceNotFoundException', `Function not found: ${FunctionName}`);
    const { allowed, reason } = await parts.decide({
      principalArn: machine.roleArn,
      action: 'lambda:InvokeFunction',
      resource: fn.arn,
    });
    const record = (error: string | null) =>
      parts.record({
        at: new Date(clock.now()).toISOString(),
        principal: sessionOf(machine),
        service: 'lambda',
        operation: 'InvokeFunction',
        region: deployment.region,
        resource: fn.arn,
        allowed,
        error,
      });
    if (!allowed) {
      record('AccessDeniedException');
      throw lambdaError('AWSLambdaException', `${reason} (Service: AWSLambda; Status Code: 403)`);
    }
    const faults = parts.faultsOf('lambda', 'InvokeFunction');
    const before = faultOf(faults.take('before'));
    record(before?.name ?? null);
    if (before !== undefined) throw before;
    const result = await parts.invoke(fn, Payload ?? {});
    const after = faultOf(faults.take('after'));
    if (after !== undefined) throw after;
    if (!result.ok) throw new StateError(result.error.errorType, JSON.stringify(result.error));
    return withinLimit(state, answerOf(result.payload));
  };
}

/** Step Functions acts in a session of the machine's role. */
function sessionOf({ roleArn, name }: DeployedStateMachine): string {
  const session = roleArn.replace(/:iam::(\d+):role\/(?:.*\/)?/, ':sts::$1:assumed-role/');
  return `${session}/${name}`;
}

function lambdaError(name: string, cause: string): StateError {
  return new StateError(`Lambda.${name}`, cause);
}

function faultOf(effect: ReturnType<ReturnType<Aws['faultsOf']>['take']>): StateError | undefined {
  switch (effect) {
    case undefined:
    case 'abort':
    case 'notTaken':
      return undefined;
    case 'throttle':
      return lambdaError('TooManyRequestsException', 'Rate Exceeded.');
    case 'serverError':
      return lambdaError('ServiceException', 'Service exception');
    case 'timeout':
      return lambdaError('ClientExecutionTimeoutException', 'Lambda did not answer in time.');
    case 'crash':
      return lambdaError('SdkClientException', 'The connection broke.');
    default:
      return effect satisfies never;
  }
}

/** What `lambda:invoke` gives: the payload within Lambda's answer, about as large as AWS's. */
function answerOf(Payload: unknown): Record<string, unknown> {
  const RequestId = randomUUID();
  const headers = {
    'X-Amz-Executed-Version': '$LATEST',
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': RequestId,
    'Content-Length': String(Buffer.byteLength(JSON.stringify(Payload))),
    'Content-Type': 'application/json',
  };
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    ExecutedVersion: '$LATEST',
    Payload,
    SdkHttpMetadata: { AllHttpHeaders: lists, HttpHeaders: headers, HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId },
    StatusCode: 200,
  };
}
