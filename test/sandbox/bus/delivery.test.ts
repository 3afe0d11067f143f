import { type BusParts, compileRules, createBusDelivery } from '../../../sandbox/bus/delivery.ts';
import type { BusEvent, DeployedRule } from '../../../sandbox/parts.ts';
import { givenDeployment, givenFunction } from '../fixtures/given-deployment.ts';

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
}) {
  const fn = givenFunction({ permissions: options.permissions ?? [permitted] });
  const { deadLetterArn = queueArn, queueAllows = true } = options;
  const target = { arn: fn.arn, deadLetterArn, maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };
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
  const lost: string[] = [];
  const asked: unknown[] = [];
  const deployment = givenDeployment({ functions: [fn], rules: [rule] });
  const parts: BusParts = {
    deployment,
    rules: compileRules(deployment),
    invokeAsync: async (_fn, payload) => void invoked.push(payload),
    decideForService: async (request) => {
      asked.push(request);
      return { allowed: queueAllows, reason: queueAllows ? 'allowed' : 'no policy lets it in' };
    },
    enqueue: (arn, { body }) => void queued.push([arn, JSON.parse(body)]),
    dropped: (what) => void lost.push(what),
  };
  return { bus: createBusDelivery(parts), invoked, queued, lost, asked };
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
  const { bus, invoked, queued, asked } = given({ permissions });

  await bus.deliver('rootdesk', event, 1);

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
