import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { Deployment, FaultRequest } from '../../../sandbox/parts.ts';
import type { World } from '../../../sandbox/world.ts';
import * as f from './fixture.ts';

const hour = 60 * 60_000;
const worlds: World[] = [];
afterEach(() => Promise.all(worlds.splice(0).map((world) => world.close())));

async function given(own: Partial<Deployment> = {}, faults: readonly FaultRequest[] = []) {
  const world = await f.startWorld(own, faults);
  worlds.push(world);
  const client = () =>
    new SchedulerClient({
      region: f.region,
      endpoint: world.aws.endpoint,
      credentials: world.aws.credentialsForRole(f.maker, 'maker', 'test'),
      systemClockOffset: world.clock.now() - Date.now(),
      maxAttempts: 1,
    });
  const create = (more: Partial<CreateScheduleCommandInput> = {}) =>
    client().send(
      new CreateScheduleCommand({
        Name: 'close-1',
        GroupName: 'rootdesk',
        ScheduleExpression: 'at(2026-11-20T14:00:00)',
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: f.target.arn,
          RoleArn: f.schedulerRole,
          Input: f.target.input ?? undefined,
          DeadLetterConfig: { Arn: f.failures.arn },
          RetryPolicy: { MaximumRetryAttempts: 2 },
        },
        ...more,
      }),
    );
  const printed = () => world.journal.logs.map(({ event }) => event).filter(Boolean);
  const inDeadLetters = () => world.aws.queues.waiting(f.failures.arn);
  return { world, client, create, printed, inDeadLetters };
}

const name = { Name: 'close-1', GroupName: 'rootdesk' };
const fired = { at: '2026-11-20T14:00:00Z', attempt: 1 };

describe('a schedule for one moment', () => {
  it('fires at its time, once, and is gone', async () => {
    const { world, client, create, printed } = await given();
    expect(await create()).toMatchObject({ ScheduleArn: f.scheduleArn });
    expect(await client().send(new GetScheduleCommand(name))).toMatchObject({
      Arn: f.scheduleArn,
      State: 'ENABLED',
      ScheduleExpression: 'at(2026-11-20T14:00:00)',
      Target: { Arn: f.printer.arn, RetryPolicy: { MaximumRetryAttempts: 2 } },
    });

    await world.settle();
    await world.advance(3.9 * hour);
    expect(printed()).toEqual([]);
    expect(world.schedules()).toHaveLength(1);

    await world.advance(0.2 * hour);
    expect(printed()).toEqual([fired]);
    expect(world.schedules()).toEqual([]);
    await expect(client().send(new GetScheduleCommand(name))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });

    await world.advance(48 * hour);
    expect(printed()).toEqual([fired]);
  });

  it('stays when nothing is said of its completion, and never fires again', async () => {
    const { world, create, printed } = await given();
    await create({ ActionAfterCompletion: undefined });
    await world.advance(48 * hour);
    expect(printed()).toEqual([fired]);
    expect(world.schedules()).toHaveLength(1);
  });

  it('does not fire once it is deleted', async () => {
    const { world, client, create, printed } = await given();
    await create();
    await client().send(new DeleteScheduleCommand(name));
    await world.advance(5 * hour);
    expect(printed()).toEqual([]);
    await expect(client().send(new DeleteScheduleCommand(name))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('is made once: the same name is a conflict, the same call is not', async () => {
    const { create } = await given();
    await create({ ClientToken: 'first' });
    expect(await create({ ClientToken: 'first' })).toMatchObject({ ScheduleArn: f.scheduleArn });
    await expect(create({ ClientToken: 'second' })).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  it.each<[string, Partial<CreateScheduleCommandInput>, string]>([
    ['a moment that is over', { ScheduleExpression: 'at(2026-11-20T09:59:59)' }, 'ValidationException'],
    ['no moment', { ScheduleExpression: 'at(2026-13-20T09:59:59)' }, 'ValidationException'],
    ['a name that no schedule may have', { Name: 'close 1' }, 'ValidationException'],
    ['a group that is not there', { GroupName: 'other' }, 'AccessDeniedException'],
    ['a rate', { ScheduleExpression: 'rate(1 hour)' }, 'NotImplemented'],
    ['another time zone', { ScheduleExpressionTimezone: 'Europe/Berlin' }, 'NotImplemented'],
  ])('is refused with %s', async (_, more, error) => {
    const { create, world } = await given();
    await expect(create(more)).rejects.toMatchObject({ name: error });
    expect(world.schedules()).toEqual([]);
  });

  it('takes a role only that its maker may pass, and that trusts Scheduler', async () => {
    const { create } = await given();
    const withRole = (RoleArn: string) => create({ Target: { Arn: f.printer.arn, RoleArn } });
    await expect(withRole(f.nobody)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`iam:PassRole on resource: ${f.nobody}`),
    });
    await expect(withRole(f.maker)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('must allow AWS EventBridge Scheduler to assume the role'),
    });
  });
});

describe('a hand-over', () => {
  it('is tried again on the clock, and goes to the dead-letter queue in the end', async () => {
    const throttled = { service: 'lambda', operation: 'Invoke', when: 'before', effect: 'throttle' } as const;
    const once = await given({}, [throttled]);
    await once.create();
    await once.world.advance(5 * hour);
    expect(once.printed()).toEqual([{ ...fired, attempt: 2 }]);

    const always = await given({}, [{ ...throttled, times: 3 }]);
    await always.create();
    await always.world.advance(5 * hour);
    expect(always.printed()).toEqual([]);
    expect(always.inDeadLetters()).toMatchObject([
      {
        body: JSON.stringify(fired),
        attributes: {
          ERROR_CODE: { stringValue: 'THROTTLING' },
          EXHAUSTED_RETRY_CONDITION: { stringValue: 'MaximumRetryAttempts' },
          RETRY_ATTEMPTS: { stringValue: '2' },
          SCHEDULE_ARN: { stringValue: f.scheduleArn },
        },
      },
    ]);
    expect(always.world.schedules()).toEqual([]);
  });

  it('by a role that may not invoke is lost where that role may not send either, which the log says', async () => {
    const schedule = {
      name: 'weekly',
      group: 'rootdesk',
      arn: 'arn:aws:scheduler:eu-central-1:222222222222:schedule/rootdesk/weekly',
      enabled: true,
      expression: 'cron(0 6 ? * MON *)',
      target: { ...f.target, roleArn: f.nobody },
    };
    const { world, printed } = await given({ schedulerSchedules: [schedule] });
    await world.advance(72 * hour);
    expect(printed()).toEqual([]);
    expect(world.journal.logs).toMatchObject([
      { message: expect.stringContaining('what schedule weekly would have sent is lost') },
    ]);
  });
});

test('a schedule of the template fires week by week, and a world at rest does not wait for it', async () => {
  const weekly = {
    name: 'weekly',
    group: 'rootdesk',
    arn: 'arn:aws:scheduler:eu-central-1:222222222222:schedule/rootdesk/weekly',
    enabled: true,
    expression: 'cron(0 6 ? * MON *)',
    target: f.target,
  };
  const { world, printed } = await given({
    schedulerSchedules: [weekly, { ...weekly, name: 'off', enabled: false }],
  });
  await world.settle();
  expect(printed()).toEqual([]);

  await world.advance(14 * 24 * hour);
  expect(printed()).toMatchObject([{ at: '2026-11-23T06:00:00Z' }, { at: '2026-11-30T06:00:00Z' }]);
});

test('a target that is not modelled stops the world before its story begins', async () => {
  const strange = {
    name: 'strange',
    group: 'default',
    arn: 'arn:x',
    enabled: true,
    expression: 'rate(1 day)',
    target: { ...f.target, arn: 'arn:aws:sqs:eu-central-1:222222222222:failures' },
  };
  await expect(f.startWorld({ schedulerSchedules: [strange] })).rejects.toThrow(
    'functions of the stack as targets, not arn:aws:sqs',
  );
});
