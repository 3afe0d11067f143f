import { randomUUID } from 'node:crypto';
import type { DeployedStateMachine, Engines } from '../../parts.ts';
import type { Execution } from '../../step-functions/execution.ts';
import { executionArn } from '../../step-functions/executions.ts';
import { AwsError, notModelled } from '../errors.ts';
import { type Backstage, type Call, type Operation, plainResource, type Service } from '../operation.ts';
import { jsonWire } from '../wire/json.ts';

const wire = jsonWire('1.0', 'com.amazonaws.swf.service.v2.model');

/** Step Functions, as far as running machines of the stack goes. Source: AWS Step Functions API Reference. */
export function statesService(backstage: Backstage, engines: () => Engines): Service {
  return {
    wire,
    operations: {
      StartExecution: startExecution(backstage, engines),
      DescribeExecution: describeExecution(backstage, engines),
      StopExecution: stopExecution(backstage, engines),
    },
    accessDenied: (message) => new AwsError(400, 'AccessDeniedException', message),
    throttled: () => new AwsError(400, 'ThrottlingException', 'Rate exceeded'),
    failed: () => new AwsError(500, 'InternalFailure', 'An internal error occurred.'),
  };
}

const text = (value: unknown) => (typeof value === 'string' ? value : null);
const seconds = (milliseconds: number) => milliseconds / 1000;
const quotaDays = 90;

function on({ deployment }: Backstage, action: string, arn: string) {
  return [{ action, resource: plainResource(arn, deployment.accountId) }];
}

function known(call: Call, parameters: readonly string[]): void {
  const strange = Object.keys(call.input).find((name) => !parameters.includes(name));
  if (strange !== undefined) throw notModelled(`states:${call.operation} with ${strange}`);
}

function startExecution(backstage: Backstage, engines: () => Engines): Operation {
  const arnOf = ({ input }: Call) => text(input.stateMachineArn) ?? '';
  return {
    resource: arnOf,
    permissions: (call) => on(backstage, 'states:StartExecution', arnOf(call)),
    respond(call) {
      known(call, ['stateMachineArn', 'name', 'input']);
      const { executions } = engines();
      const machine = executions.machine(arnOf(call));
      if (machine === undefined) {
        throw new AwsError(400, 'StateMachineDoesNotExist', `State Machine Does Not Exist: '${arnOf(call)}'`);
      }
      const name = nameOf(call);
      const input = inputOf(call);
      const same = executions.find(executionArn(machine, name));
      const begun = same && stillTaken(same, backstage.clock.now()) ? again(same, input) : null;
      const { arn, startedAt } = begun ?? start(executions, machine, name, input);
      return wire.success({ executionArn: arn, startDate: seconds(startedAt) });
    },
  };
}

function start(
  executions: Engines['executions'],
  machine: DeployedStateMachine,
  name: string,
  input: string,
): Execution {
  return executions.start(machine, name, input);
}

/** A name is free again 90 days after its execution has ended. */
function stillTaken({ stoppedAt }: Execution, now: number): boolean {
  return stoppedAt === null || now - stoppedAt < quotaDays * 24 * 60 * 60 * 1000;
}

/** Who starts the same again while it runs is answered as before. */
function again(same: Execution, input: string): Execution {
  if (same.ending.status === 'RUNNING' && same.inputText === input) return same;
  throw new AwsError(400, 'ExecutionAlreadyExists', `Execution Already Exists: '${same.arn}'`);
}

function nameOf({ input }: Call): string {
  if (input.name === undefined) return randomUUID();
  const name = String(input.name);
  // Control characters, white space and these signs are not taken. Source: API Reference, "StartExecution".
  const taken = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u.test(name);
  if (!taken) throw new AwsError(400, 'InvalidName', `Invalid Name: '${name}'`);
  return name;
}

function inputOf({ input }: Call): string {
  const given = input.input === undefined ? '{}' : String(input.input);
  try {
    JSON.parse(given);
    return given;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError(400, 'InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);
  }
}

const executionOf = ({ input }: Call) => text(input.executionArn) ?? '';

function existing(call: Call, engines: () => Engines): Execution {
  const arn = executionOf(call);
  const found = engines().executions.find(arn);
  if (found === undefined) {
    throw new AwsError(400, 'ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  }
  return found;
}

function describeExecution(backstage: Backstage, engines: () => Engines): Operation {
  return {
    resource: executionOf,
    permissions: (call) => on(backstage, 'states:DescribeExecution', executionOf(call)),
    respond(call) {
      known(call, ['executionArn']);
      const { ending, ...execution } = existing(call, engines);
      return wire.success({
        executionArn: execution.arn,
        stateMachineArn: execution.machineArn,
        name: execution.name,
        status: ending.status,
        startDate: seconds(execution.startedAt),
        ...(execution.stoppedAt !== null && { stopDate: seconds(execution.stoppedAt) }),
        input: execution.inputText,
        inputDetails: { included: true },
        ...described(ending),
      });
    },
  };
}

function described(ending: Execution['ending']): Record<string, unknown> {
  switch (ending.status) {
    case 'RUNNING':
      return {};
    case 'SUCCEEDED':
      return { output: JSON.stringify(ending.output), outputDetails: { included: true } };
    case 'FAILED':
    case 'TIMED_OUT':
    case 'ABORTED':
      return {
        ...(ending.error !== null && { error: ending.error }),
        ...(ending.cause !== null && { cause: ending.cause }),
      };
    default:
      return ending satisfies never;
  }
}

function stopExecution(backstage: Backstage, engines: () => Engines): Operation {
  return {
    resource: executionOf,
    permissions: (call) => on(backstage, 'states:StopExecution', executionOf(call)),
    respond(call) {
      known(call, ['executionArn', 'error', 'cause']);
      const { arn, stoppedAt } = existing(call, engines);
      engines().executions.stop(arn, text(call.input.error), text(call.input.cause));
      return wire.success({ stopDate: seconds(stoppedAt ?? backstage.clock.now()) });
    },
  };
}
