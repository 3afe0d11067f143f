import * as f from './fixture.ts';

type Started = Awaited<ReturnType<typeof f.startWorld>>;
const worlds: Started[] = [];
afterEach(() => Promise.all(worlds.splice(0).map(({ world }) => world.close())));

async function given(given: f.Given): Promise<Started> {
  const started = await f.startWorld(given);
  worlds.push(started);
  return started;
}

describe('a flow', () => {
  it('hands input on as its paths say, and its transitions are the states entered', async () => {
    const definition = f.runs({
      Plan: {
        ...f.calling({ Payload: { 'account.$': '$.who', 'name.$': '$$.Execution.Name' } }),
        ResultSelector: { 'account.$': '$.Payload.account' },
        ResultPath: '$.plan',
        Next: 'Any',
      },
      Any: {
        Type: 'Choice',
        Choices: [{ Variable: '$.plan.account', StringEquals: 'x', Next: 'Done' }],
        Default: 'Bad',
      },
      Bad: { Type: 'Fail', Error: 'Bad', Cause: 'not x' },
      Done: { Type: 'Succeed' },
    });
    const { play, events, describe: described, start, world } = await given({ definition });

    expect(await play([], { who: 'x' })).toMatchObject({
      name: 'run-1',
      machine: 'runs',
      ending: { status: 'SUCCEEDED', output: { who: 'x', plan: { account: 'x' } } },
      transitions: 3,
    });
    expect(events()).toEqual([{ account: 'x', name: 'run-1' }]);
    expect(await described('run-1')).toMatchObject({
      status: 'SUCCEEDED',
      input: '{"who":"x"}',
      output: '{"who":"x","plan":{"account":"x"}}',
    });

    await start('run-2', { who: 'y' });
    await world.settle();
    expect(await described('run-2')).toMatchObject({ status: 'FAILED', error: 'Bad', cause: 'not x' });
  });

  it('waits on the clock of the sandbox, and other work goes on meanwhile', async () => {
    const definition = f.runs({
      Wait: { Type: 'Wait', Seconds: 3600, Next: 'Go' },
      Go: { ...f.calling({ Payload: { account: 'late' } }), OutputPath: '$.Payload', End: true },
    });
    const { play, minutes, events, world, start, describe: described } = await given({ definition });
    expect(await play()).toMatchObject({ ending: { status: 'SUCCEEDED' }, transitions: 2 });
    expect(minutes()).toBe(60);

    await start('run-2');
    await world.settle(world.clock.now() + 30 * 60_000);
    expect((await described('run-2')).status).toBe('RUNNING');
    expect(events()).toHaveLength(1);
    await world.settle();
    expect((await described('run-2')).status).toBe('SUCCEEDED');
    expect(minutes()).toBe(120);
  });

  it('tries a task again as its retry says, each try a transition, and names the error of a function', async () => {
    const definition = f.runs({
      Go: {
        ...f.calling({ 'Payload.$': '$' }),
        Retry: [{ ErrorEquals: ['Other'] }, { ...f.retry, ErrorEquals: ['NotNow'] }],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Caught' }],
        OutputPath: '$.Payload.account',
        End: true,
      },
      Caught: { Type: 'Pass', End: true },
    });
    const twice = await given({ definition });
    expect(await twice.play([], { account: 'x', failures: 2 })).toMatchObject({
      ending: { status: 'SUCCEEDED', output: 'x' },
      transitions: 3,
    });
    // 60 s, then 120 s of which 90 are the most.
    expect(twice.minutes()).toBe(2);

    const often = await given({ definition });
    expect(await often.play([], { account: 'x', failures: 9 })).toMatchObject({
      ending: {
        status: 'SUCCEEDED',
        output: { error: { Error: 'NotNow', Cause: expect.stringContaining('"errorMessage":"no 2"') } },
      },
      transitions: 4,
    });
    expect(often.events()).toHaveLength(3);

    const other = await given({ definition });
    await other.play([], { account: 'x', failures: 1, error: 'Strange' });
    expect(other.events()).toHaveLength(1);
  });

  it('spreads tries by chance that is the same in every run', async () => {
    const definition = f.runs({
      Go: { ...f.calling({ 'Payload.$': '$' }), Retry: [{ ...f.retry, JitterStrategy: 'FULL' }], End: true },
    });
    const seconds: number[] = [];
    for (const _ of [1, 2]) {
      const { play, world } = await given({ definition });
      const execution = await play([], { account: 'x', failures: 2 });
      seconds.push(Math.round(((execution?.stoppedAt ?? 0) - (execution?.startedAt ?? 0)) / 10_000));
      expect(world.executions()).toHaveLength(1);
    }
    expect(seconds[0]).toBe(seconds[1]);
    expect(seconds[0]).toBeLessThan(15);
  });

  it.each([
    ['a function that dies', { exit: true }, {}, 'Runtime.ExitError'],
    ['a function that runs into its timeout', { wait: 60_000 }, {}, 'Sandbox.Timedout'],
    ['a task that runs into its own', { wait: 5000 }, { TimeoutSeconds: 3 }, 'States.Timeout'],
    ['a result of more than 256 KiB', { returns: 'x'.repeat(262_144) }, {}, 'States.DataLimitExceeded'],
    ['an input without what a path asks for', {}, { InputPath: '$.nothing' }, 'States.Runtime'],
  ])('fails by %s', async (_, input, task, error) => {
    const { play } = await given({
      definition: f.runs({ Go: { ...f.calling({ 'Payload.$': '$' }), ...task, End: true } }),
    });
    expect(await play([], input)).toMatchObject({ ending: { status: 'FAILED', error }, transitions: 1 });
  });

  it('asks IAM for every invocation, as the role of the machine', async () => {
    const definition = f.runs({ Go: { ...f.calling({}), End: true } });
    const { play, world } = await given({ definition, permissions: [] });
    expect(await play()).toMatchObject({
      ending: {
        status: 'FAILED',
        error: 'Lambda.AWSLambdaException',
        cause: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction'),
      },
    });
    expect(world.calls().filter(({ service }) => service === 'lambda')).toMatchObject([
      { principal: `arn:aws:sts::${f.account}:assumed-role/machine/runs`, allowed: false },
    ]);
  });

  it('meets faults of Lambda by the names that Step Functions gives them', async () => {
    const definition = f.runs({
      Go: {
        ...f.calling({}),
        Retry: [{ ...f.retry, ErrorEquals: ['Lambda.TooManyRequestsException'] }],
        End: true,
      },
    });
    const fault = { service: 'lambda', operation: 'InvokeFunction', when: 'before' } as const;
    const once = await given({ definition, faults: [{ ...fault, effect: 'throttle' }] });
    expect(await once.play()).toMatchObject({ ending: { status: 'SUCCEEDED' }, transitions: 2 });
    const other = await given({ definition, faults: [{ ...fault, effect: 'serverError' }] });
    expect(await other.play()).toMatchObject({
      ending: { status: 'FAILED', error: 'Lambda.ServiceException' },
    });
  });

  it('ends when the time of the machine is over', async () => {
    const { play, minutes, events } = await given({
      definition: f.runs(
        { Wait: { Type: 'Wait', Seconds: 3600, Next: 'Go' }, Go: { ...f.calling({}), End: true } },
        { TimeoutSeconds: 600 },
      ),
    });
    expect(await play()).toMatchObject({ ending: { status: 'TIMED_OUT' }, transitions: 1 });
    expect(minutes()).toBe(10);
    expect(events()).toEqual([]);
  });
});

describe('a definition', () => {
  const task = { ...f.calling({}), End: true };
  it.each<[string, object, string]>([
    ['a field that would be ignored', f.runs({ Go: { ...task, Assign: {} } }), 'Assign'],
    ['JSONata', f.runs({ Go: { ...task } }, { QueryLanguage: 'JSONata' }), 'QueryLanguage'],
    [
      'a service of its own',
      f.runs({ Go: { ...task, Resource: 'arn:aws:states:::sqs:sendMessage' } }),
      'lambda:invoke only',
    ],
    [
      'a callback',
      f.runs({ Go: { ...task, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' } }),
      'lambda:invoke only',
    ],
    [
      'an inline map',
      f.visitAll({ ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, StartAt: 'x', States: {} } }),
      'distributed maps only',
    ],
    ['a result writer', f.visitAll({ ResultWriter: {} }), 'ResultWriter'],
    ['batches of items', f.visitAll({ ItemBatcher: {} }), 'ItemBatcher'],
    ['branches', f.runs({ Go: { Type: 'Parallel', Branches: [], End: true } }), 'Type'],
    [
      'a time by the reader’s clock',
      f.runs({
        Go: { ...task, Parameters: { FunctionName: 'visits', 'Payload.$': '$$.Execution.StartTime' } },
      }),
      '$$.Execution.StartTime',
    ],
    ['a state that is not there', f.runs({ Go: { ...f.calling({}), Next: 'Nowhere' } }), 'Nowhere'],
  ])('with %s stops the world before its story begins', async (_, definition, message) => {
    await expect(f.startWorld({ definition: { ...definition } })).rejects.toThrow(message);
  });

  it('needs a role that trusts Step Functions', async () => {
    const definition = f.runs({ Go: { Type: 'Succeed' } });
    await expect(f.startWorld({ definition, trusts: 'lambda.amazonaws.com' })).rejects.toThrow(
      'Step Functions may not assume the role of state machine runs',
    );
  });
});
