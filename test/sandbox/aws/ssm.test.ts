import {
  DeleteParameterCommand,
  GetParameterCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import * as f from './fixture.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

const reader = () => new SSMClient(world.asRole(f.functionRole));
const operator = (who: string = f.insider) => new SSMClient(world.as(who));
const get = (client: SSMClient, Name = f.parameterName) => client.send(new GetParameterCommand({ Name }));
const put = (client: SSMClient, more: Partial<PutParameterCommandInput> = {}) =>
  client.send(new PutParameterCommand({ Name: f.parameterName, Value: 'stopped', Overwrite: true, ...more }));

describe('a parameter of the stack', () => {
  it('has the value of the template until somebody puts another, and counts its versions', async () => {
    const { Parameter } = await get(reader());
    expect(Parameter).toMatchObject({
      ARN: f.parameterArn,
      Name: f.parameterName,
      Type: 'String',
      DataType: 'text',
      Value: 'running',
      Version: 1,
    });
    world.clock.advance(60_000);
    expect(await put(operator())).toMatchObject({ Version: 2, Tier: 'Standard' });
    const after = (await get(reader())).Parameter;
    expect(after).toMatchObject({ Value: 'stopped', Version: 2 });
    expect(Number(after?.LastModifiedDate) - Number(Parameter?.LastModifiedDate)).toBeGreaterThanOrEqual(
      60_000,
    );
  });

  it('is found by its ARN too', async () => {
    expect((await get(reader(), f.parameterArn)).Parameter?.Value).toBe('running');
  });

  it('keeps the pattern that values must fit, whole', async () => {
    for (const Value of ['paused', 'stopped!', 'not running']) {
      await expect(put(operator(), { Value })).rejects.toMatchObject({
        name: 'ParameterPatternMismatchException',
        message: 'Parameter value, cannot be validated against allowedPattern: running|stopped',
        $metadata: { httpStatusCode: 400 },
      });
    }
    await put(operator());
    await expect(put(operator(), { Value: 'paused' })).rejects.toThrow(/allowedPattern/);
    expect((await get(reader())).Parameter).toMatchObject({ Value: 'stopped', Version: 2 });
  });

  it('is gone once it is deleted, by whom IAM lets', async () => {
    const deletion = new DeleteParameterCommand({ Name: f.parameterName });
    await expect(reader().send(deletion)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await operator().send(deletion);
    await expect(get(reader())).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(operator().send(deletion)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  it('is not overwritten unless that is said', async () => {
    await expect(put(operator(), { Overwrite: undefined })).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });
    expect((await get(reader())).Parameter?.Value).toBe('running');
  });

  it('is read and written by those alone whom their policies let', async () => {
    await expect(put(reader())).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${f.admin}:assumed-role/unlock-function/unlock is not authorized to perform: ssm:PutParameter on resource: ${f.parameterArn} because no identity-based policy allows the ssm:PutParameter action`,
      $metadata: { httpStatusCode: 400 },
    });
    await expect(get(new SSMClient(world.asRole(f.announceRole)))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(put(operator(f.outsider), { Name: f.parameterArn })).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    expect((await get(reader())).Parameter?.Value).toBe('running');
  });
});

describe('a name', () => {
  it('that nothing has is not found, if one may look', async () => {
    await expect(get(operator(), '/rootdesk/other')).rejects.toMatchObject({
      name: 'ParameterNotFound',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(get(reader(), '/rootdesk/other')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('means a parameter of the caller, in the Region of the call', async () => {
    await expect(get(operator(f.outsider))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    const elsewhere = new SSMClient(world.as(f.insider, 'eu-north-1'));
    await expect(get(elsewhere)).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  it('can be put by whoever may, with a type', async () => {
    const name = { Name: 'plain', Value: 'x', Overwrite: undefined };
    await expect(put(operator(), name)).rejects.toMatchObject({ name: 'ValidationException' });
    expect(await put(operator(), { ...name, Type: 'String' })).toMatchObject({ Version: 1 });
    expect((await get(operator(), 'plain')).Parameter?.ARN).toBe(
      `arn:aws:ssm:${f.region}:${f.admin}:parameter/plain`,
    );
  });
});

it.each([
  ['parameters of the type SecureString', () => put(operator(), { Type: 'SecureString' })],
  ['ssm:PutParameter with Policies', () => put(operator(), { Policies: '[]' })],
  ['ssm:GetParameters', () => operator().send(new GetParametersCommand({ Names: ['a'] }))],
])('says that it does not model %s', async (what, send) => {
  await expect(send()).rejects.toMatchObject({ message: `the sandbox does not model ${what}` });
});
