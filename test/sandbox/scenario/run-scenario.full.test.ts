import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { runScenario } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import { unusedFaults } from '../../../sandbox/scenario/unused-faults.ts';

const now = '2026-11-20T10:00:00Z';
const locked = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::project-prod-1' }],
};
const organization = {
  accounts: [
    { id: '156041421443', buckets: [{ name: 'project-prod-1', region: 'eu-north-1', policy: locked }] },
  ],
} satisfies ScenarioInput['organization'];
const target = { accountId: '156041421443', bucketName: 'project-prod-1' };
const detail = {
  schemaVersion: '1',
  ticket: { system: 'jira', id: 'SEC-1234', url: 'https://acme.example/browse/SEC-1234' },
  task: 'unlock-s3-bucket',
  target,
  reason: 'A pipeline-only Deny shut out every administrator',
  requestedBy: 'dev@example.com',
  approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
};
const entry = { Source: 'acme.tickets', DetailType: 'Root Task Approved', Detail: detail };

const play = (scenario: Partial<ScenarioInput> & Pick<ScenarioInput, 'steps'>) =>
  runScenario(parseScenario({ now, organization, ...scenario }));

test.each(['insider', 'colleague', 'stranger'] as const)(
  'an event of a %s is kept out by the bus: a denied call, and the story goes on',
  async (as) => {
    const { calls, trail, logs, tries } = await play({
      steps: [
        { putEvents: { as, entry } },
        {
          try: {
            accountId: '156041421443',
            as: 'admin',
            action: 's3:GetBucketPolicy',
            resource: 'arn:aws:s3:::project-prod-1',
          },
        },
      ],
    });

    expect(calls).toMatchObject([{ operation: 'PutEvents', allowed: false, error: 'AccessDeniedException' }]);
    expect(trail).toEqual([]);
    expect(logs).toMatchObject([{ level: 'ERROR', message: expect.stringContaining('AccessDenied') }]);
    expect(tries).toMatchObject([{ allowed: false, reason: expect.stringContaining('explicit deny') }]);
  },
);

test('a try may come with condition keys of its own', async () => {
  const onlyTheEndpoint = { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } };
  const outside = { ...locked.Statement[0], Condition: onlyTheEndpoint };
  const asked = {
    accountId: '156041421443',
    as: 'admin',
    action: 's3:GetBucketPolicy',
    resource: 'arn:aws:s3:::project-prod-1',
  };
  const { tries } = await play({
    steps: [
      { putBucketPolicy: { ...target, policy: { ...locked, Statement: [outside] } } },
      { try: asked },
      { try: { ...asked, context: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } } },
    ],
  });

  expect(tries.map(({ allowed }) => allowed)).toEqual([false, true]);
});

test('entries of one call are taken one by one', async () => {
  const second = { ...entry, Detail: 'not JSON' };

  const { calls, trail, logs } = await play({
    steps: [{ putEvents: { as: 'ticketing', entries: [second, entry] } }],
  });

  expect(
    calls.filter(({ operation, principal }) => operation === 'PutEvents' && principal.includes('ticketing')),
  ).toHaveLength(1);
  expect(logs).toContainEqual(
    expect.objectContaining({ message: expect.stringContaining('MalformedDetail') }),
  );
  expect(trail.at(-1)).toMatchObject({ ending: 'succeeded' });
});

test('the state at the end has the shape in which it was given', async () => {
  const { organization: after } = await play({ steps: [{ putEvents: { as: 'ticketing', entry } }] });

  expect(after).toEqual({
    managementAccountId: '111111111111',
    delegatedAdminAccountId: '222222222222',
    features: ['RootSessions', 'RootCredentialsManagement'],
    trustedAccess: true,
    accounts: [
      {
        id: '156041421443',
        state: 'ACTIVE',
        serviceControlPolicies: [],
        buckets: [{ name: 'project-prod-1', region: 'eu-north-1', policy: null }],
        queues: [],
      },
    ],
  });
});

test('a function may be invoked by an administrator of its account, and by nobody else', async () => {
  const event = { nonsense: true };
  const { calls, trail } = await play({
    steps: [
      { invoke: { as: 'stranger', function: 'unlock-s3-bucket', event } },
      { invoke: { as: 'insider', function: 'unlock-s3-bucket', event } },
    ],
  });

  expect(calls.filter(({ service }) => service === 'lambda')).toMatchObject([
    { operation: 'Invoke', allowed: false, error: 'AccessDeniedException' },
    { operation: 'Invoke', allowed: true, error: null },
  ]);
  expect(calls.filter(({ operation }) => operation === 'AssumeRoot')).toEqual([]);
  expect(trail.filter(({ kind }) => kind === 'approved')).toEqual([]);
});

test('settleFor leaves a retry due, advanceClock lets it happen', async () => {
  const crash = { service: 's3', operation: 'DeleteBucketPolicy', when: 'after', effect: 'crash' } as const;
  const putEvents = { as: 'ticketing', entry, settleFor: 'PT30S' } as const;

  const early = await play({ faults: [crash], steps: [{ putEvents }] });
  const later = await play({ faults: [crash], steps: [{ putEvents }, { advanceClock: 'PT1M' }] });

  expect(early.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting']);
  expect(later.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  expect(later.trail.at(-1)?.at).toMatch(/^2026-11-20T10:01:0/);
});

test('a fault that no call met is told of', async () => {
  const scenario = parseScenario({
    now,
    faults: [{ service: 's3', operation: 'DeleteBuckets', when: 'before', effect: 'crash' }],
    steps: [],
  });

  expect(unusedFaults(scenario, await runScenario(scenario))).toEqual([
    'note: nothing in this story called s3 DeleteBuckets; its fault never struck',
  ]);
});

describe('a Detail that is nested deep', () => {
  const nested = (levels: number): object => JSON.parse('{"a":'.repeat(levels) + 1 + '}'.repeat(levels));
  const withTarget = (levels: number) => ({ ...entry, Detail: { ...detail, target: nested(levels) } });
  const putBy = (step: typeof entry | object) => [{ putEvents: { as: 'ticketing' as const, entry: step } }];

  it('reaches the product, which refuses it, when it has a thousand levels', async () => {
    const { trail, outcomes, logs } = await play({ steps: putBy(withTarget(999)) });

    expect(trail).toMatchObject([{ kind: 'refused' }]);
    expect(outcomes).toHaveLength(1);
    expect(logs.filter(({ level }) => level === 'ERROR')).toEqual([]);
  });

  it.each([1000, 2000, 50_000])(
    'is refused by PutEvents with %i levels more, and the story goes on',
    async (levels) => {
      const asText = { ...entry, Detail: '{"a":'.repeat(levels + 1) + 1 + '}'.repeat(levels + 1) };
      const { trail, logs } = await play({ steps: [...putBy(withTarget(levels)), ...putBy(asText)] });

      expect(trail).toEqual([]);
      expect(logs.map(({ message }) => message)).toEqual(
        Array(2).fill(expect.stringContaining('MalformedDetail: Detail is malformed.')),
      );
    },
  );

  it('is a fault of the file anywhere else', () => {
    const policy = { Statement: nested(1000) };
    const accounts = [{ id: '156041421443', buckets: [{ name: 'a', region: 'eu-north-1', policy }] }];

    expect(() => parseScenario({ organization: { accounts }, steps: [] })).toThrow(
      'expected at most 1000 levels',
    );
  });
});
