import type { Deployment, PolicyDocument } from '../../sandbox/parts.ts';
import { createWorld, type World } from '../../sandbox/world.ts';
import { givenDeployment, givenFunction } from './fixtures/given-deployment.ts';

const admin = '222222222222';
const insider = `arn:aws:iam::${admin}:role/admin`;
const arnOf = (service: string, name: string) => `arn:aws:${service}:eu-central-1:${admin}:${name}`;
const ruleArn = arnOf('events', 'rule/desk/all');
const busArn = arnOf('events', 'event-bus/desk');

const fn = givenFunction(
  {
    permissions: [{ principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: ruleArn }],
  },
  'prints',
);
const deployment: Deployment = givenDeployment({
  functions: [fn],
  roles: [
    {
      logicalId: 'Echo',
      name: 'echo',
      arn: fn.roleArn,
      trustPolicy: { Statement: [] },
      maxSessionSeconds: 3600,
      policies: [],
    },
  ],
  buses: [{ name: 'desk', arn: busArn, policy: null }],
  rules: [
    {
      name: 'all',
      arn: ruleArn,
      busName: 'desk',
      enabled: true,
      pattern: { source: ['tickets'] },
      targets: [{ arn: fn.arn, deadLetterArn: null, maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 }],
    },
  ],
});
const nobodyInvokes: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'lambda:InvokeFunction', Resource: '*' }],
};

let world: World;
async function startUnder(...serviceControlPolicies: PolicyDocument[]): Promise<void> {
  const account = { id: admin, state: 'ACTIVE', serviceControlPolicies, buckets: [], queues: [] };
  world = await createWorld({
    deployment,
    organization: {
      managementAccountId: '111111111111',
      delegatedAdminAccountId: admin,
      features: [],
      trustedAccess: true,
      accounts: [account],
    },
  });
}
afterEach(() => world.close());

const ran = () => world.journal.logs.filter((line) => 'event' in line);

test('an administrator of the account may invoke a function, until a service control policy says no', async () => {
  await startUnder();
  await world.invoke(insider, fn, { from: 'insider' });
  await world.settle();
  expect(ran()).toHaveLength(1);
  await world.close();

  await startUnder(nobodyInvokes);
  await world.invoke(insider, fn, { from: 'insider' });
  await world.settle();
  expect(ran()).toEqual([]);
  expect(world.calls()).toMatchObject([
    { service: 'lambda', operation: 'Invoke', allowed: false, error: 'AccessDeniedException' },
  ]);
  expect(world.journal.logs).toMatchObject([
    {
      level: 'ERROR',
      message: `Invoke of ${insider}: AccessDeniedException: User: arn:aws:sts::${admin}:assumed-role/admin/sandbox is not authorized to perform: lambda:InvokeFunction on resource: ${fn.arn} with an explicit deny in a service control policy`,
    },
  ]);
});

test('the same policy does not stop what EventBridge hands over', async () => {
  await startUnder(nobodyInvokes);
  await world.putEvents(
    insider,
    [{ EventBusName: busArn, Source: 'tickets', DetailType: 'x', Detail: '{}' }],
    1,
  );
  await world.settle();
  expect(ran()).toHaveLength(1);
  expect(world.journal.logs.filter(({ service }) => service === 'sandbox')).toEqual([]);
});
