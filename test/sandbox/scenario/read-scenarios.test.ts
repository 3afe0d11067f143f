import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, readScenarios, ScenarioError } from '../../../sandbox/scenario/read-scenarios.ts';

function faultsOf(text: string): readonly { readonly path: string; readonly message: string }[] {
  try {
    readScenarios(text);
  } catch (error) {
    if (error instanceof ScenarioError) return error.faults;
    throw error;
  }
  throw new Error('no fault was found');
}

const bucket = { name: 'project-prod-1', region: 'eu-north-1' };
const account = { id: '156041421443', buckets: [bucket] };

test('what a scenario leaves out has its default', () => {
  expect(parseScenario({ organization: { accounts: [account] }, steps: [] })).toEqual({
    organization: {
      managementAccountId: '111111111111',
      delegatedAdminAccountId: '222222222222',
      features: ['RootSessions', 'RootCredentialsManagement'],
      trustedAccess: true,
      accounts: [
        {
          id: '156041421443',
          state: 'ACTIVE',
          serviceControlPolicies: [],
          buckets: [{ ...bucket, policy: null }],
          queues: [],
        },
      ],
    },
    settings: {},
    faults: [],
    latencyMs: {},
    showsAfterMs: { s3: 0, sqs: 0 },
    subscriptions: 'confirmed',
    rootTasks: 'running',
    steps: [],
  });
});

const directory = join(import.meta.dirname, '../../../examples/scenarios');
test.each(readdirSync(directory))('examples/scenarios/%s is a scenario', (file) => {
  const { scenarios } = readScenarios(readFileSync(join(directory, file), 'utf8'));

  expect(scenarios.length).toBeGreaterThan(0);
  expect(scenarios[0]?.steps.length).toBeGreaterThan(0);
});

test('a list of scenarios is told from one', () => {
  expect(readScenarios('{"steps":[]}').isList).toBe(false);
  expect(readScenarios('[{"steps":[]}]').isList).toBe(true);
});

test.each([
  [{ steps: 1 }, 'steps', 'expected a list of steps; found 1'],
  [{ steps: [], step: [] }, 'step', 'this key is not known here'],
  [{ steps: [{}] }, 'steps[0]', 'expected exactly one of putEvents, invoke'],
  [{ steps: [{ wait: 'PT1H' }] }, 'steps[0].wait', 'this key is not known here'],
  [{ steps: [{ advanceClock: '1h' }] }, 'steps[0].advanceClock', 'expected an ISO 8601 duration'],
  [
    { steps: [{ putEvents: { as: 'bob', entry: {} } }] },
    'steps[0].putEvents.as',
    'expected one of ticketing',
  ],
  [{ steps: [{ putEvents: { as: 'insider' } }] }, 'steps[0].putEvents', 'either "entry" or "entries"'],
  [
    { steps: [{ putEvents: { as: 'insider', entry: { source: 'x' } } }] },
    'steps[0].putEvents.entry.source',
    'this key is not known here',
  ],
  [
    { steps: [{ try: { accountId: '1', as: 'admin', action: 's3:GetBucketPolicy', resource: 'x' } }] },
    'steps[0].try.accountId',
    'expected a 12-digit account id',
  ],
  [{ steps: [], now: 'today' }, 'now', 'expected a time'],
  [{ steps: [], latencyMs: { s3: -1 } }, 'latencyMs.s3', 'expected 0 or more; found -1'],
  [
    { steps: [], faults: [{ service: 's4', operation: 'X', when: 'before', effect: 'crash' }] },
    'faults[0].service',
    'expected one of dynamodb',
  ],
  [
    {
      steps: [],
      faults: [{ service: 's3', operation: 'DeleteBucketPolicy', when: 'before', effect: 'notTaken' }],
    },
    'faults[0].effect',
    'expected notTaken for s3 PutBucketPolicy or sqs SetQueueAttributes',
  ],
  [
    { steps: [], organization: { accounts: [{ ...account, buckets: [{ name: 'x' }] }] } },
    'organization.accounts[0].buckets[0].region',
    'expected a Region',
  ],
  [{ steps: [], settings: { approvers: [] } }, 'settings.approvers', 'expected at least one approver'],
  [{ steps: [], settings: { approver: [] } }, 'settings.approver', 'this key is not known here'],
  [{ steps: [], showsAfterMs: { sns: 1 } }, 'showsAfterMs.sns', 'this key is not known here'],
  [{ steps: [], showsAfterMs: { sqs: 'PT1M' } }, 'showsAfterMs.sqs', 'expected milliseconds'],
  [
    { steps: [{ putQueuePolicy: { queueArn: 'orders', policy: null } }] },
    'steps[0].putQueuePolicy.queueArn',
    'expected the ARN of an SQS queue',
  ],
  [
    {
      organization: { accounts: [{ ...account, queues: [{ name: 'orders', region: 'eu-north-1' }] }] },
      steps: [{ putQueuePolicy: { queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders', policy: null } }],
    },
    'steps[0].putQueuePolicy.queueArn',
    'found no orders in account 156041421443, Region eu-west-1',
  ],
  [
    {
      organization: { accounts: [account] },
      steps: [{ putBucketPolicy: { accountId: '156041421443', bucketName: 'other', policy: null } }],
    },
    'steps[0].putBucketPolicy.bucketName',
    'found none of this name in account 156041421443',
  ],
])('%j has a fault at %s', (document, path, message) => {
  expect(faultsOf(JSON.stringify(document))).toContainEqual({
    path,
    message: expect.stringContaining(message),
  });
});

test('every fault of a list is named, with the scenario that it is in', () => {
  const faults = faultsOf('[{"steps":[]},{"steps":[{}],"now":1},7]');

  expect(faults.map(({ path }) => path)).toEqual(['[1].now', '[1].steps[0]', '[2]']);
});

test.each([
  ['no JSON', 'expected JSON'],
  ['[]', 'expected at least one scenario'],
  ['7', 'expected object'],
])('%s is no scenario file', (text, message) => {
  expect(faultsOf(text)).toEqual([{ path: '(document)', message: expect.stringContaining(message) }]);
});
