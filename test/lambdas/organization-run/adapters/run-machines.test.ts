import { ExecutionAlreadyExists, SFNClient } from '@aws-sdk/client-sfn';
import { RunMachines } from '../../../../lambdas/organization-run/adapters/run-machines.ts';
import { answering, awsError } from '../../given/sent.ts';

const arn = 'arn:aws:states:eu-central-1:222222222222:stateMachine:audit';
const machines = new RunMachines('eu-central-1', { 'audit-root-credentials': arn });
const start = () => machines.start('audit-root-credentials', 'rd-1-1', { requestId: 'r' });

afterEach(() => jest.restoreAllMocks());

describe('starting an execution', () => {
  it('names the machine of the task, the execution and the run', async () => {
    const sent = answering(SFNClient, () => ({}));
    expect(await start()).toBe(true);
    expect(sent).toMatchObject([
      {
        command: 'StartExecutionCommand',
        input: { stateMachineArn: arn, name: 'rd-1-1', input: '{"requestId":"r"}' },
        region: 'eu-central-1',
      },
    ]);
  });

  it('answers that one of this name has come to its end', async () => {
    answering(SFNClient, () => {
      throw new ExecutionAlreadyExists({ message: 'exists', $metadata: {} });
    });
    expect(await start()).toBe(false);
  });

  it('throws whatever else Step Functions says, and for a task without a machine', async () => {
    answering(SFNClient, () => {
      throw awsError('ThrottlingException');
    });
    await expect(start()).rejects.toThrow('Throttling');
    await expect(machines.start('delete-root-credentials', 'x', { requestId: 'r' })).rejects.toThrow(
      'there is no state machine',
    );
  });
});
