import { fitsPattern } from '../../allowed-pattern.ts';
import type { Clock, Deployment } from '../../parts.ts';
import { AwsError, notModelled } from '../errors.ts';
import { type Backstage, type Call, type Operation, plainResource, type Service } from '../operation.ts';
import { jsonWire } from '../wire/json.ts';

const wire = jsonWire('1.1', 'com.amazonaws.ssm');

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly allowedPattern: string | null;
  readonly tier: string;
  readonly version: number;
  /** Sandbox time in milliseconds. */
  readonly modifiedAt: number;
}

/** Every parameter by its ARN: those of the stack, and whatever anybody puts beside them. */
type Parameters = Map<string, Parameter>;

/** Parameter Store, as far as plain strings go. */
export function ssmService({ deployment, clock }: Backstage): Service {
  const parameters = deployed(deployment, clock);
  return {
    wire,
    operations: {
      GetParameter: getParameter(parameters),
      PutParameter: putParameter(parameters, clock),
      DeleteParameter: deleteParameter(parameters),
    },
    accessDenied: (message) => new AwsError(400, 'AccessDeniedException', message),
    throttled: () => new AwsError(400, 'ThrottlingException', 'Rate exceeded'),
    failed: () => new AwsError(500, 'InternalServerError', 'An error occurred on the server side.'),
  };
}

function deployed({ parameters }: Deployment, clock: Clock): Parameters {
  return new Map(
    parameters.map(({ arn, name, value, allowedPattern, tier }) => [
      arn,
      { name, value, allowedPattern, tier, version: 1, modifiedAt: clock.now() },
    ]),
  );
}

function getParameter(parameters: Parameters): Operation {
  return {
    resource: arnOf,
    permissions: (call) => [permission(call, 'ssm:GetParameter')],
    respond(call) {
      const arn = arnOf(call);
      const found = parameters.get(arn);
      // Systems Manager says no more than the code.
      if (found === undefined) throw new AwsError(400, 'ParameterNotFound', '');
      return wire.success({
        Parameter: {
          ARN: arn,
          DataType: 'text',
          LastModifiedDate: found.modifiedAt / 1000,
          Name: found.name,
          Type: 'String',
          Value: found.value,
          Version: found.version,
        },
      });
    },
  };
}

function putParameter(parameters: Parameters, clock: Clock): Operation {
  return {
    resource: arnOf,
    permissions: (call) => [
      { ...permission(call, 'ssm:PutParameter'), context: { 'ssm:Overwrite': String(overwrites(call)) } },
    ],
    respond(call) {
      const arn = arnOf(call);
      const before = parameters.get(arn);
      if (before !== undefined && !overwrites(call)) {
        throw new AwsError(
          400,
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      const parameter = changed(before, call, clock);
      parameters.set(arn, parameter);
      return wire.success({ Tier: parameter.tier, Version: parameter.version });
    },
  };
}

function deleteParameter(parameters: Parameters): Operation {
  return {
    resource: arnOf,
    permissions: (call) => [permission(call, 'ssm:DeleteParameter')],
    respond(call) {
      if (!parameters.delete(arnOf(call))) throw new AwsError(400, 'ParameterNotFound', '');
      return wire.success({});
    },
  };
}

/** What is not said again stays, the pattern that values must fit for one. */
function changed(before: Parameter | undefined, { input }: Call, clock: Clock): Parameter {
  const { Name, Value, Type, AllowedPattern, Tier, Overwrite: _, Description: __, ...more } = input;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) throw notModelled(`ssm:PutParameter with ${unknown}`);
  if (before === undefined && Type === undefined) {
    throw invalid('A parameter type is required when you create a parameter.');
  }
  if (Type !== undefined && Type !== 'String') throw notModelled(`parameters of the type ${Type}`);
  const value = String(Value ?? '');
  const tier = String(Tier ?? before?.tier ?? 'Standard');
  if (value === '') throw invalid('Value must have a length of at least 1.');
  if (tier === 'Standard' && Buffer.byteLength(value) > 4096) {
    throw invalid('Standard tier parameters support a maximum parameter value of 4096 characters.');
  }
  const allowedPattern =
    AllowedPattern === undefined ? (before?.allowedPattern ?? null) : String(AllowedPattern);
  if (!fitsPattern(value, allowedPattern)) {
    throw new AwsError(
      400,
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${allowedPattern}`,
    );
  }
  const version = (before?.version ?? 0) + 1;
  return {
    name: before?.name ?? String(Name),
    value,
    allowedPattern,
    tier,
    version,
    modifiedAt: clock.now(),
  };
}

function overwrites({ input }: Call): boolean {
  return input.Overwrite === true;
}

/** IAM is asked before anybody looks whether the parameter is there. */
function permission(call: Call, action: string) {
  const arn = arnOf(call);
  return { action, resource: plainResource(arn, arn.split(':')[4] ?? call.principal.accountId) };
}

/** `/rootdesk/switch` and `switch` are named in an ARN without the slash at their head. */
function arnOf({ input, principal, region }: Call): string {
  const name = String(input.Name ?? '');
  if (name.startsWith('arn:')) return name;
  const partition = principal.arn.split(':')[1];
  return `arn:${partition}:ssm:${region}:${principal.accountId}:parameter/${name.replace(/^\//, '')}`;
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'ValidationException', message);
}
