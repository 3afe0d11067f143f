import * as f from './fixture.ts';

type Started = Awaited<ReturnType<typeof f.startWorld>>;
const worlds: Started[] = [];
afterEach(() => Promise.all(worlds.splice(0).map(({ world }) => world.close())));

async function given(given: f.Given): Promise<Started> {
  const started = await f.startWorld(given);
  worlds.push(started);
  return started;
}

const accountsOf = (events: readonly Record<string, unknown>[]) =>
  events.map(({ account }) => account).toSorted();

it('reads its items from S3 as the role of the machine and visits each once', async () => {
  const { play, events, world } = await given({ definition: f.visitAll() });
  expect(await play(f.someItems(10))).toMatchObject({
    ending: { status: 'SUCCEEDED', output: { key: 'list.json' } },
    // The map, its ten children and the last state.
    transitions: 12,
  });
  expect(accountsOf(events())).toEqual(f.someItems(10).map(({ account }) => account));
  expect(events()[0]).toMatchObject({ run: 'run-1' });
  expect(world.calls().filter(({ operation }) => operation === 'GetObject')).toMatchObject([
    {
      principal: `arn:aws:sts::${f.account}:assumed-role/machine/runs`,
      resource: 'arn:aws:s3:::runs/list.json',
    },
  ]);
});

it('gives the outputs of its children where the result is kept', async () => {
  const definition = f.runs({ Visit: { ...f.visiting({ ResultPath: '$.visited' }), End: true } });
  const { play } = await given({ definition });
  expect(await play(f.someItems(2))).toMatchObject({
    ending: { output: { key: 'list.json', visited: [{ account: 'a0' }, { account: 'a1' }] } },
  });
});

it('fails when all results together are too large, whatever becomes of them', async () => {
  const { play } = await given({ definition: f.visitAll({}, { ResultSelector: { 'all.$': '$' } }) });
  expect(await play(f.someItems(400))).toMatchObject({
    ending: { status: 'FAILED', error: 'States.DataLimitExceeded' },
  });
});

describe('a child that fails', () => {
  const items = [{ account: 'bad', failsUntil: '2027-01-01T00:00:00Z' }, ...f.someItems(9)];

  it('is tolerated as far as the map says', async () => {
    const tolerant = await given({ definition: f.visitAll({ ToleratedFailurePercentage: 10 }) });
    expect(await tolerant.play(items)).toMatchObject({ ending: { status: 'SUCCEEDED' }, transitions: 12 });

    const strict = await given({ definition: f.visitAll({ ToleratedFailurePercentage: 9 }) });
    expect(await strict.play(items)).toMatchObject({
      ending: { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
    });
    expect(accountsOf(strict.events())).toContain('bad');

    const none = await given({ definition: f.visitAll({ ToleratedFailurePercentage: undefined }) });
    expect((await none.play(items))?.ending.status).toBe('FAILED');
  });

  it('may catch its own error, which is a state more', async () => {
    const catching = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Noted' }] };
    const { play } = await given({ definition: f.visitAll({ ToleratedFailurePercentage: 0 }, catching) });
    expect(await play(items)).toMatchObject({ ending: { status: 'SUCCEEDED' }, transitions: 13 });
  });

  it('waits for its next try on the clock while the others go on', async () => {
    const { play, events, minutes } = await given({
      definition: f.visitAll({ MaxConcurrency: 2 }, { Retry: [f.retry] }),
    });
    const slow = [
      { account: 'slow', failsUntil: '2026-11-20T10:01:30Z' },
      ...f.someItems(6),
      { account: 'slow too', failsUntil: '2026-11-20T10:00:30Z' },
    ];
    expect(await play(slow)).toMatchObject({ ending: { status: 'SUCCEEDED' }, transitions: 2 + 8 + 3 });
    // One waits 60 s and then 90 s, the other its 60 s within them.
    expect(minutes()).toBe(2);
    const order = events().map(({ account }) => account);
    expect(order.lastIndexOf('slow')).toBe(order.length - 1);
    expect(order.indexOf('a5')).toBeLessThan(order.lastIndexOf('slow'));
  });
});

it('wakes a child as soon as its time has come, though others are at work all the while', async () => {
  const payload = { 'item.$': '$.item', call: 1 };
  const definition = f.visitAll(
    { MaxConcurrency: 2 },
    { Parameters: { FunctionName: f.visits.arn, Payload: payload }, Retry: [f.retry] },
  );
  const { play, events, world } = await given({
    definition,
    latencyMs: { ssm: 20_000 },
    millisecondsPerCall: 0,
  });
  const slow = { account: 'slow', failsUntil: '2026-11-20T10:01:00Z' };
  const { startedAt = 0, stoppedAt = 0 } = (await play([slow, ...f.someItems(8)])) ?? {};
  const order = events().map(({ account }) => account);
  // It fails after 20 s and waits for 60, in which the other strand makes three further visits of 20 s each.
  expect(order.lastIndexOf('slow')).toBeLessThan(order.indexOf('a6'));
  expect((stoppedAt ?? 0) - startedAt).toBe(140_000);
  expect(world.executions()).toMatchObject([{ transitions: 12 }]);
});

it.each<[string, Partial<f.Given>, unknown[] | string, string, string]>([
  [
    'a role that may not read the list',
    { permissions: f.machinePermissions.filter(({ Action }) => Action !== 's3:GetObject') },
    [],
    'States.ItemReaderFailed',
    'AccessDenied',
  ],
  [
    'a role that may not start children',
    { permissions: f.machinePermissions.filter(({ Action }) => Action !== 'states:StartExecution') },
    [],
    'States.Runtime',
    'states:StartExecution',
  ],
  ['a list that is no JSON', {}, '[', 'States.ItemReaderFailed', 'JSON'],
  ['a list that is none', {}, '{}', 'States.ItemReaderFailed', 'no JSON array'],
])('fails by %s', async (_, own, items, error, cause) => {
  const { play, events } = await given({ definition: f.visitAll(), ...own });
  expect(await play(items)).toMatchObject({
    ending: { status: 'FAILED', error, cause: expect.stringContaining(cause) },
  });
  expect(events()).toEqual([]);
});

it('has nothing to do with an empty list', async () => {
  const { play } = await given({ definition: f.visitAll() });
  expect(await play([])).toMatchObject({ ending: { status: 'SUCCEEDED' }, transitions: 2 });
});

it('lets no catcher hide what the sandbox does not model', async () => {
  const catching = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] };
  const { play } = await given({ definition: f.visitAll(catching) });
  await expect(play([0])).rejects.toThrow('models no item 0 of Visit');
});

describe('an execution that somebody stops', () => {
  const atChild = { service: 'states', operation: 'RunChild', when: 'before', effect: 'abort' } as const;

  it('at a child starts nothing further, and what it had begun ends', async () => {
    const {
      play,
      events,
      describe: described,
    } = await given({
      definition: f.visitAll({ MaxConcurrency: 1 }),
      faults: [{ ...atChild, skip: 3 }],
    });
    expect(await play(f.someItems(10))).toMatchObject({ ending: { status: 'ABORTED' }, transitions: 4 });
    expect(accountsOf(events())).toEqual(['a0', 'a1', 'a2']);
    expect((await described('run-1')).status).toBe('ABORTED');
  });

  it('after a child has it done', async () => {
    const { play, events } = await given({
      definition: f.visitAll({ MaxConcurrency: 1 }),
      faults: [{ ...atChild, when: 'after' }],
    });
    await play(f.someItems(10));
    expect(accountsOf(events())).toEqual(['a0']);
  });

  it('wakes from a wait only to end', async () => {
    const {
      world,
      start,
      stop,
      describe: described,
      events,
    } = await given({
      definition: f.runs({
        Wait: { Type: 'Wait', Seconds: 3600, Next: 'Go' },
        Go: { ...f.calling({}), End: true },
      }),
    });
    await start('run-1');
    await world.settle(world.clock.now() + 60_000);
    await stop('run-1');
    await world.settle();
    expect(await described('run-1')).toMatchObject({ status: 'ABORTED', error: 'Pressed', cause: 'by hand' });
    await world.advance(2 * 3_600_000);
    expect(events()).toEqual([]);
  });
});

it('overlaps the waits of its children, up to its concurrency, in the time of the sandbox', async () => {
  const items = Array.from({ length: 24 }, (_, index) => ({ account: `a${index}`, failures: 0 }));
  const seconds = async (MaxConcurrency: number) => {
    const definition = f.visitAll(
      { MaxConcurrency },
      { Parameters: { FunctionName: f.visits.arn, Payload: { 'account.$': '$.item.account', call: 3 } } },
    );
    const { play, world } = await given({ definition, latencyMs: { ssm: 5000 }, millisecondsPerCall: 0 });
    const { startedAt = 0, stoppedAt = 0 } = (await play(items)) ?? {};
    expect(world.calls().filter(({ operation }) => operation === 'GetParameter')).toHaveLength(72);
    return ((stoppedAt ?? 0) - startedAt) / 1000;
  };
  // Three calls of 5 s each: two rounds of 12 take 30 s, twelve of two take three minutes.
  expect(await seconds(12)).toBe(30);
  expect(await seconds(2)).toBe(180);
});
