import { compileRules, createBusDelivery } from '../../../sandbox/bus/delivery.ts';
import { createTargets } from '../../../sandbox/bus/targets.ts';
import { createClock } from '../../../sandbox/clock.ts';
import type { BusEvent, DeployedRule, FaultRequest } from '../../../sandbox/parts.ts';
import type { NewMessage } from '../../../sandbox/queues.ts';
import { givenDeployment, givenFunction } from '../fixtures/given-deployment.ts';
import { startOfStory } from '../fixtures/given-surroundings.ts';

const ruleArn = 'arn:aws:events:eu-central-1:222222222222:rule/rootdesk/approvals';
const queueArn = 'arn:aws:sqs:eu-central-1:222222222222:dead-letters';
const permitted = { principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: ruleArn };

const event: BusEvent = {
  version: '0',
  id: '1b2c',
  'detail-type': 'Root Task Approved',
  source: 'acme.tickets',
  account: '333333333333',
  time: '2026-11-20T10:00:00Z',
  region: 'eu-central-1',
  resources: [],
  detail: { task: 'unlock-s3-bucket' },
};

function given(options: {
  readonly permissions?: readonly (typeof permitted)[];
  readonly rule?: Partial<DeployedRule>;
  readonly deadLetterArn?: string | null;
  readonly queueAllows?: boolean;
  readonly retries?: { readonly maximumRetryAttempts: number; readonly maximumEventAgeSeconds: number };
  /** What becomes of each attempt to hand the event over; undefined for one that goes well. */
  readonly strikes?: (FaultRequest['effect'] | undefined)[];
}) {
  const fn = givenFunction({ permissions: options.permissions ?? [permitted] });
  const { deadLetterArn = queueArn, queueAllows = true } = options;
  const { retries = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 }, strikes = [] } = options;
  const target = { arn: fn.arn, deadLetterArn, ...retries };
  const clock = createClock(startOfStory);
  const attempts: number[] = [];
  const rule: DeployedRule = {
    name: 'approvals',
    arn: ruleArn,
    busName: 'rootdesk',
    enabled: true,
    pattern: { source: ['acme.tickets'], detail: { task: ['unlock-s3-bucket'] } },
    targets: [target],
    ...options.rule,
  };
  const invoked: unknown[] = [];
  const queued: [string, unknown][] = [];
  const attributes: NewMessage['attributes'][] = [];
  const lost: string[] = [];
  const asked: unknown[] = [];
  const deployment = givenDeployment({ functions: [fn], rules: [rule] });
  const targets = createTargets({
    deployment,
    clock,
    later: (at, what, run) => clock.schedule(at, what, run),
    strikeHandOver() {
      attempts.push(Math.round((clock.now() - startOfStory) / 1000));
      return strikes.shift();
    },
    invokeAsync: async (_fn, payload) => void invoked.push(payload),
    decideForService: async (request) => {
      asked.push(request);
      return { allowed: queueAllows, reason: queueAllows ? 'allowed' : 'no policy lets it in' };
    },
    enqueue(arn, message) {
      queued.push([arn, JSON.parse(message.body)]);
      attributes.push(message.attributes);
    },
    dropped: (what) => void lost.push(what),
  });
  const bus = createBusDelivery({ rules: compileRules(deployment), targets });
  return { bus, clock, fn, invoked, queued, attributes, lost, asked, attempts };
}

test('an event that a rule matches reaches its target whole, as often as it is delivered', async () => {
  const { bus, invoked, queued } = given({});

  await bus.deliver('rootdesk', event, 3);

  expect(invoked).toEqual([event, event, event]);
  expect(queued).toEqual([]);
});

test.each([
  ['another bus', 'default', {}],
  ['another source', 'rootdesk', { pattern: { source: ['other'] } }],
  ['a disabled rule', 'rootdesk', { enabled: false }],
])('an event for %s reaches nobody', async (_, busName, rule) => {
  const { bus, invoked, lost } = given({ rule });

  await bus.deliver(busName, event, 1);

  expect(invoked).toEqual([]);
  expect(lost).toEqual([]);
});

test('rules see both values of a key that the sent text gives twice', async () => {
  const { bus, invoked } = given({});
  const other = { ...event, detail: { task: 'other' } };

  await bus.deliver('rootdesk', other, 1, '{"task":"unlock-s3-bucket","task":"other"}');

  expect(invoked).toEqual([other]);
});

test.each([
  ['no permission', []],
  ['a permission for another rule', [{ ...permitted, sourceArn: `${ruleArn}-2` }]],
  ['a permission for another service', [{ ...permitted, principal: 's3.amazonaws.com' }]],
])('with %s the event goes to the dead-letter queue', async (_, permissions) => {
  const { bus, fn, invoked, queued, attributes, asked } = given({ permissions });

  await bus.deliver('rootdesk', event, 1);

  expect(attributes).toEqual([
    {
      RULE_ARN: { dataType: 'String', stringValue: ruleArn },
      TARGET_ARN: { dataType: 'String', stringValue: fn.arn },
      ERROR_CODE: { dataType: 'String', stringValue: 'NO_PERMISSIONS' },
      ERROR_MESSAGE: { dataType: 'String', stringValue: expect.stringContaining('does not permit') },
    },
  ]);

  expect(invoked).toEqual([]);
  expect(queued).toEqual([[queueArn, event]]);
  expect(asked).toEqual([
    {
      service: 'events.amazonaws.com',
      action: 'sqs:SendMessage',
      resourceArn: queueArn,
      sourceArn: ruleArn,
    },
  ]);
});

test.each([
  ['there is no dead-letter queue', { deadLetterArn: null }, 'no dead-letter queue'],
  ['the queue does not let EventBridge in', { queueAllows: false }, 'no policy lets it in'],
])('an event is lost, with a word, when %s', async (_, options, reason) => {
  const { bus, queued, lost } = given({ permissions: [], ...options });

  await bus.deliver('rootdesk', event, 1);

  expect(queued).toEqual([]);
  expect(lost).toEqual([expect.stringContaining(reason)]);
});

test('what cannot be handed over is tried again with growing delay', async () => {
  const { bus, clock, invoked, queued, attempts } = given({
    strikes: ['throttle', 'serverError', 'timeout'],
  });

  await bus.deliver('rootdesk', event, 1);
  await clock.runDue();

  expect(attempts).toEqual([0, 1, 3, 7]);
  expect(invoked).toEqual([event]);
  expect(queued).toEqual([]);
});

test.each([
  ['MaximumRetryAttempts', { maximumRetryAttempts: 2, maximumEventAgeSeconds: 86_400 }, [0, 1, 3], '2'],
  [
    'MaximumEventAgeInSeconds',
    { maximumRetryAttempts: 185, maximumEventAgeSeconds: 60 },
    [0, 1, 3, 7, 15, 31],
    '5',
  ],
])(
  'what never can be handed over goes to the dead-letter queue by %s',
  async (condition, retries, at, count) => {
    const strikes = Array.from({ length: 200 }, () => 'serverError' as const);
    const { bus, clock, invoked, queued, attributes, attempts } = given({ retries, strikes });

    await bus.deliver('rootdesk', event, 1);
    await clock.runDue();

    expect(attempts).toEqual(at);
    expect(invoked).toEqual([]);
    expect(queued).toEqual([[queueArn, event]]);
    expect(attributes).toMatchObject([
      {
        ERROR_CODE: { stringValue: 'INTERNAL_ERROR' },
        EXHAUSTED_RETRY_CONDITION: { stringValue: condition },
        RETRY_ATTEMPTS: { stringValue: count },
      },
    ]);
  },
);

test('a pattern that is not understood stops the world before its story begins', () => {
  expect(() => given({ rule: { pattern: { source: [{ cidr: 'x' }] } } })).toThrow(
    'rule approvals: the sandbox does not know the pattern operator cidr',
  );
});

test('a target that is not modelled stops the world before its story begins', () => {
  const arn = 'arn:aws:states:eu-central-1:222222222222:stateMachine:x';
  const target = { arn, deadLetterArn: null, maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 };

  expect(() => given({ rule: { targets: [target] } })).toThrow(`not ${arn}`);
});
