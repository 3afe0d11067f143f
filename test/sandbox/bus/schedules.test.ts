import { recurrenceOf } from '../../../sandbox/bus/schedule-expression.ts';
import { startSchedules } from '../../../sandbox/bus/schedules.ts';
import { createTargets } from '../../../sandbox/bus/targets.ts';
import { createClock } from '../../../sandbox/clock.ts';
import type { DeployedSchedule, DeployedTarget } from '../../../sandbox/parts.ts';
import { createSettling } from '../../../sandbox/settling.ts';
import { givenDeployment, givenFunction, givenQueue } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';

const scheduleArn = 'arn:aws:events:eu-central-1:222222222222:rule/sweep';
const permitted = {
  principal: 'events.amazonaws.com',
  action: 'lambda:InvokeFunction',
  sourceArn: scheduleArn,
};
const failures = givenQueue('failures');

function given(own: Partial<DeployedSchedule & DeployedTarget> = {}, permissions = [permitted]) {
  const fn = givenFunction({ permissions });
  const clock = createClock(startOfStory);
  const settling = createSettling(clock);
  const invoked: unknown[] = [];
  const queued: unknown[] = [];
  const { input, arn = fn.arn, ...rest } = own;
  const target = {
    arn,
    deadLetterArn: failures.arn,
    maximumRetryAttempts: 185,
    maximumEventAgeSeconds: 86_400,
    ...(input !== undefined && { input }),
  };
  const schedule: DeployedSchedule = {
    name: 'sweep',
    expression: 'rate(15 minutes)',
    enabled: true,
    targets: [target],
    ...rest,
    arn: scheduleArn,
  };
  const deployment = givenDeployment({ functions: [fn], queues: [failures], schedules: [schedule] });
  const targets = createTargets({
    deployment,
    clock,
    later: settling.later,
    strikeHandOver: () => undefined,
    decideForService: async () => ({ allowed: true, reason: '' }),
    invokeAsync: async (_fn, event) => void invoked.push(event),
    enqueue: (_arn, { body }) => void queued.push(JSON.parse(body)),
    dropped: () => undefined,
  });
  startSchedules({ deployment, clock, targets, every: settling.every });
  return { settling, invoked, queued };
}

test('a schedule hands its function the event that EventBridge makes, each time that it is due', async () => {
  const { settling, invoked } = given();

  await settling.advance(31 * 60_000);

  expect(invoked).toEqual(
    ['2026-11-20T10:15:00Z', '2026-11-20T10:30:00Z'].map((time) => ({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '222222222222',
      time,
      region: 'eu-central-1',
      resources: [scheduleArn],
      detail: {},
    })),
  );
});

test('a target with an input gets that in place of the event', async () => {
  const { settling, invoked } = given({ input: '{"sweep":true}' });

  await settling.advance(15 * 60_000);

  expect(invoked).toEqual([{ sweep: true }]);
});

test('a disabled schedule never fires', async () => {
  const { settling, invoked } = given({ enabled: false });

  await settling.advance(60 * 60_000);

  expect(invoked).toEqual([]);
});

test('a function that does not permit the schedule to invoke it: the event goes to the dead-letter queue', async () => {
  const { settling, invoked, queued } = given({}, []);

  await settling.advance(15 * 60_000);

  expect(invoked).toEqual([]);
  expect(queued).toMatchObject([{ 'detail-type': 'Scheduled Event' }]);
});

test('a target that is not modelled stops the world before its story begins', () => {
  expect(() => given({ arn: 'arn:aws:states:x' })).toThrow('not arn:aws:states:x');
});

test.each([
  ['rate(1 minute)', '10:01', 1],
  ['rate(15 minutes)', '10:15', 15],
  ['rate(2 hours)', '12:00', 120],
  ['cron(30 10 * * ? *)', '10:30', 24 * 60],
  ['cron(5 * * * ? *)', '10:05', 60],
  ['cron(* * * * ? *)', '10:01', 1],
])('%s is due at %s first, then every %i minutes', (expression, first, minutes) => {
  expect(recurrenceOf(expression, startOfStory)).toEqual({
    firstAt: Date.parse(`2026-11-20T${first}:00Z`),
    periodMs: minutes * 60_000,
  });
});

test.each([
  ['cron(0 6 ? * MON *)', '23T06:00'],
  ['cron(30 10 ? * 6 *)', '20T10:30'],
  ['cron(0 10 ? * FRI *)', '27T10:00'],
])('%s is due on its day of the week, first on 2026-11-%s, and then every week', (expression, first) => {
  expect(recurrenceOf(expression, startOfStory)).toEqual({
    firstAt: Date.parse(`2026-11-${first}:00Z`),
    periodMs: 7 * 24 * 60 * 60_000,
  });
});

test('a time of day that is now, or over, is due tomorrow', () => {
  for (const expression of ['cron(0 10 * * ? *)', 'cron(59 9 * * ? *)']) {
    const { firstAt } = recurrenceOf(expression, startOfStory);
    expect(new Date(firstAt).toISOString()).toMatch(/^2026-11-(?:21T10:00|21T09:59)/);
  }
});

test.each([
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'rate(5 seconds)',
  'cron(0 24 * * ? *)',
  'cron(60 1 * * ? *)',
  'cron(* 5 * * ? *)',
  'cron(0/5 * * * ? *)',
  'cron(0 6 ? * MON-FRI *)',
  'cron(* 6 ? * MON *)',
  'at(2026-11-20T10:00:00)',
])('the schedule %s is not modelled', (expression) => {
  expect(() => recurrenceOf(expression, startOfStory)).toThrow(`not the schedule ${expression}`);
});
