import { SSMClient } from '@aws-sdk/client-ssm';
import { KillSwitch } from '../../../../lambdas/root-task/adapters/kill-switch.ts';
import { answering, awsError } from '../../given/sent.ts';

const name = '/rootdesk/root-tasks';
const killSwitch = () => new KillSwitch('eu-central-1', name);
const saying = (Value?: string) => ({ Parameter: { Name: name, Value } });

afterEach(() => jest.restoreAllMocks());

describe('the kill switch', () => {
  it('lets root tasks run where the parameter says so, and tries five times to read it', async () => {
    const sent = answering(SSMClient, () => saying('running'));
    expect(await killSwitch().read()).toEqual({ kind: 'running' });
    expect(sent).toMatchObject([
      { command: 'GetParameterCommand', input: { Name: name }, region: 'eu-central-1', attempts: 5 },
    ]);
  });

  it('is read anew each time', async () => {
    const values = ['running', 'stopped', 'running'];
    answering(SSMClient, () => saying(values.shift()));
    const one = killSwitch();
    const kinds = [await one.read(), await one.read(), await one.read()].map(({ kind }) => kind);
    expect(kinds).toEqual(['running', 'stopped', 'running']);
  });

  it.each([
    'stopped',
    'Running',
    'RUNNING',
    ' running',
    'running ',
    'running\n',
    'running,stopped',
    'true',
    '',
  ])('means stopped where the parameter says %j, and says so', async (value) => {
    answering(SSMClient, () => saying(value));
    expect(await killSwitch().read()).toEqual({
      kind: 'stopped',
      why: `the parameter ${name} says ${JSON.stringify(value)}`,
    });
  });

  it.each([
    ['nothing', {}],
    ['a parameter without a value', saying()],
  ])('means stopped where AWS answers %s', async (_, answer) => {
    answering(SSMClient, () => answer);
    expect(await killSwitch().read()).toEqual({ kind: 'stopped', why: `the parameter ${name} says null` });
  });

  it.each([
    ['is not there', awsError('ParameterNotFound', 'no such parameter')],
    ['may not be read', awsError('AccessDeniedException', 'not authorized to perform ssm:GetParameter')],
    ['is throttled', awsError('ThrottlingException', 'Rate exceeded')],
    ['does not answer', awsError('TimeoutError', 'Request timed out after 5000 ms')],
    ['breaks the client', new TypeError('x is not a function')],
  ])('means stopped where the parameter %s, says why, and throws nothing', async (_, error) => {
    answering(SSMClient, () => {
      throw error;
    });
    expect(await killSwitch().read()).toEqual({
      kind: 'stopped',
      why: `the parameter ${name} could not be read (${error.name}: ${error.message}), which counts as stopped`,
      unread: true,
    });
  });

  it('means stopped whatever is thrown', async () => {
    answering(SSMClient, () => Promise.reject('a string'));
    expect(await killSwitch().read()).toMatchObject({
      kind: 'stopped',
      why: expect.stringContaining('a string'),
    });
  });
});
