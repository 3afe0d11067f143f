import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import type { FaultRequest } from '../../../sandbox/parts.ts';
import { createWorld, type World } from '../../../sandbox/world.ts';
import { givenDeployment, givenFunction } from '../fixtures/given-deployment.ts';
import * as f from '../scheduler/fixture.ts';

const echo = givenFunction();
const printer = f.printer;
const caller = f.role(f.maker, [f.allow('lambda:InvokeFunction', echo.arn)], 'lambda.amazonaws.com');
const worlds: World[] = [];
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.close())));

async function given(faults: readonly FaultRequest[] = []) {
  const world = await createWorld({
    deployment: givenDeployment({ functions: [echo, printer], roles: [caller] }),
    organization: {
      managementAccountId: '111111111111',
      delegatedAdminAccountId: f.account,
      features: [],
      trustedAccess: true,
      accounts: [],
    },
    faults,
  });
  worlds.push(world);
  const client = new LambdaClient({
    region: f.region,
    endpoint: world.aws.endpoint,
    credentials: world.aws.credentialsForRole(f.maker, 'maker', 'test'),
    maxAttempts: 1,
  });
  const invoke = async (FunctionName: string, payload: unknown, more: Partial<InvokeCommandInput> = {}) => {
    const Payload = Buffer.from(JSON.stringify(payload));
    const answer = await client.send(new InvokeCommand({ FunctionName, Payload, ...more }));
    const text = answer.Payload?.transformToString() ?? '';
    return { ...answer, Payload: text === '' ? null : JSON.parse(text) };
  };
  return { world, invoke };
}

it('runs a function by name or ARN and answers what it returns', async () => {
  const { invoke, world } = await given();
  for (const name of ['echo', echo.arn]) {
    expect(await invoke(name, { one: 1 })).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: { event: { one: 1 } },
    });
  }
  expect(world.calls()).toMatchObject([
    { service: 'lambda', operation: 'InvokeFunction', resource: echo.arn, allowed: true },
    { resource: echo.arn },
  ]);
});

it('answers the error of a function as a success that names it', async () => {
  const { invoke } = await given();
  expect(await invoke('echo', { throw: 'no' })).toMatchObject({
    StatusCode: 200,
    FunctionError: 'Unhandled',
    Payload: { errorType: 'RangeError', errorMessage: 'no' },
  });
});

it('accepts an event, and the world waits for what comes of it', async () => {
  const { invoke, world } = await given();
  const answer = await invoke('echo', { print: { seen: true } }, { InvocationType: 'Event' });
  expect(answer).toMatchObject({ StatusCode: 202, Payload: null });
  await world.settle();
  expect(world.journal.logs).toEqual([{ seen: true }]);
});

it('lets in those alone whom IAM lets, and knows its functions', async () => {
  const { invoke } = await given();
  await expect(invoke('printer', {})).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`lambda:InvokeFunction on resource: ${printer.arn}`),
    $metadata: { httpStatusCode: 403 },
  });
  await expect(invoke('echo', {}, { Qualifier: '1' })).rejects.toThrow('the qualifier 1');
});

it('has faults of its own: those of services that hand over are others', async () => {
  const throttled = { service: 'lambda', when: 'before', effect: 'throttle' } as const;
  const { invoke } = await given([
    { ...throttled, operation: 'Invoke' },
    { ...throttled, operation: 'InvokeFunction', skip: 1 },
  ]);
  expect(await invoke('echo', {})).toMatchObject({ StatusCode: 200 });
  await expect(invoke('echo', {})).rejects.toMatchObject({ name: 'TooManyRequestsException' });
});
