import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { fault } from '../../../sandbox/scenario/fault-schema.ts';
import { givenFunction } from '../fixtures/given-deployment.ts';
import * as f from './fixture.ts';

type Started = Awaited<ReturnType<typeof f.startWorld>>;
const worlds: Started[] = [];
afterEach(() => Promise.all(worlds.splice(0).map(({ world }) => world.close())));

const waiting = f.runs({ Wait: { Type: 'Wait', Seconds: 600, Next: 'Done' }, Done: { Type: 'Succeed' } });

async function given(more: Partial<f.Given> = {}): Promise<Started> {
  const started = await f.startWorld({ definition: waiting, ...more });
  worlds.push(started);
  return started;
}

const minute = 60_000;

describe('the name of an execution', () => {
  it('answers the same input as before while it runs, and nothing else', async () => {
    const { start, world, describe: described } = await given();
    const first = await start('run-1');
    expect(first.executionArn).toBe(f.executionArn('run-1'));
    expect(await start('run-1')).toMatchObject({
      executionArn: first.executionArn,
      startDate: first.startDate,
    });
    await expect(start('run-1', { key: 'other' })).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      $metadata: { httpStatusCode: 400 },
    });
    expect((await described('run-1')).status).toBe('RUNNING');

    await world.settle();
    await expect(start('run-1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    expect(world.executions()).toHaveLength(1);
  });

  it('is free again after 90 days', async () => {
    const { start, world, describe: described } = await given();
    await start('run-1');
    await world.settle();
    await world.advance(89 * 24 * 60 * minute);
    await expect(start('run-1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await world.advance(2 * 24 * 60 * minute);
    await start('run-1');
    expect((await described('run-1')).status).toBe('RUNNING');
  });

  it.each(['', 'a b', 'a:b', 'a/b', 'a*', 'a\u0007', 'x'.repeat(81)])('is not %j', async (name) => {
    const { start, world } = await given();
    await expect(start(name)).rejects.toMatchObject({ name: 'InvalidName' });
    expect(world.executions()).toEqual([]);
  });
});

it('knows its machines and executions, and whom IAM lets', async () => {
  const { states, describe: described, stop } = await given();
  const start = (stateMachineArn: string, input?: string) =>
    states().send(new StartExecutionCommand({ stateMachineArn, input }));
  await expect(start(f.machineArn, '{')).rejects.toMatchObject({ name: 'InvalidExecutionInput' });
  await expect(start(`${f.machineArn}2`)).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(described('nothing')).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
  await expect(stop('nothing')).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
});

it('meets faults on its wire', async () => {
  const { start, world } = await given({
    faults: [{ service: 'states', operation: 'StartExecution', when: 'after', effect: 'throttle' }],
  });
  await expect(start('run-1')).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(world.executions()).toHaveLength(1);
  await start('run-1');
  expect(world.executions()).toHaveLength(1);
});

it('tells rules of the default bus how its executions go', async () => {
  const ruleArn = 'arn:aws:events:eu-central-1:222222222222:rule/failed';
  const permitted = {
    principal: 'events.amazonaws.com',
    action: 'lambda:InvokeFunction',
    sourceArn: ruleArn,
  };
  const printer = givenFunction(
    {
      name: 'printer',
      arn: 'arn:aws:lambda:eu-central-1:222222222222:function:printer',
      permissions: [permitted],
    },
    'prints',
  );
  const target = {
    arn: printer.arn,
    deadLetterArn: null,
    maximumRetryAttempts: 0,
    maximumEventAgeSeconds: 60,
  };
  const { start, stop, world, events } = await given({
    own: {
      functions: [f.visits, printer],
      rules: [
        {
          name: 'failed',
          arn: ruleArn,
          busName: 'default',
          enabled: true,
          pattern: { source: ['aws.states'], detail: { status: ['FAILED', 'ABORTED', 'TIMED_OUT'] } },
          targets: [target],
        },
      ],
    },
  });
  await start('run-1');
  await world.settle();
  expect(events()).toEqual([]);
  await start('run-2');
  await stop('run-2');
  await world.settle();
  expect(events()).toMatchObject([
    {
      'detail-type': 'Step Functions Execution Status Change',
      resources: [f.executionArn('run-2')],
      detail: { name: 'run-2', status: 'ABORTED', error: 'Pressed', stateMachineArn: f.machineArn },
    },
  ]);
});

describe('a fault of a story', () => {
  const abort = { service: 'states', operation: 'RunChild', when: 'before', effect: 'abort' };
  it('may abort at a child, and nowhere else', () => {
    expect(fault.safeParse({ ...abort, skip: 3 }).success).toBe(true);
    expect(fault.safeParse({ ...abort, operation: 'StartExecution' }).success).toBe(false);
    expect(fault.safeParse({ ...abort, effect: 'throttle' }).success).toBe(false);
    expect(fault.safeParse({ ...abort, service: 'scheduler', operation: 'CreateSchedule' }).success).toBe(
      false,
    );
  });

  it('may strike an invocation by name', () => {
    const invoking = { ...abort, service: 'lambda', operation: 'InvokeFunction', effect: 'throttle' };
    expect(fault.safeParse(invoking).success).toBe(true);
    expect(fault.safeParse({ ...invoking, operation: 'Invoke', when: 'after' }).success).toBe(false);
  });
});
