import { givenStack } from './given-stack.ts';

const given = givenStack();

/** A rule of refusals that narrows before the lane stands leaves approvals that no rule takes, and nobody hears of. */
const lanes = [
  'UnlockS3Bucket',
  'UnlockSqsQueue',
  'RestoreS3BucketPolicy',
  'RestoreSqsQueuePolicy',
  'AuditRootCredentials',
  'DeleteRootCredentials',
  'AllowRootPasswordRecovery',
];
const runs = ['OrganizationRuns-AuditRootCredentials', 'OrganizationRuns-DeleteRootCredentials'];

test("the refusals' rule changes only when each lane and all runs stand: rule, permission, function and roles", () => {
  const { dependsOn } = given.one('AWS::Events::Rule', 'Refusals-Untaken-Rule');
  const taking = [...lanes, 'OrganizationRuns'];
  const ofLanes = given.resources.filter(({ name }) => taking.some((part) => name.startsWith(`${part}-`)));
  const types = new Set(ofLanes.map(({ type }) => type));
  for (const type of [
    'AWS::Events::Rule',
    'AWS::Lambda::Permission',
    'AWS::Lambda::Function',
    'AWS::IAM::Policy',
    'AWS::StepFunctions::StateMachine',
  ])
    expect(types).toContain(type);
  expect(ofLanes.map(({ name }) => name).filter((name) => !dependsOn.includes(name))).toEqual([]);
});

test.each([...lanes, ...runs])(
  'the rule of %s waits for the function that refuses: one of before would refuse what the lane takes',
  (lane) => {
    const { dependsOn } = given.one('AWS::Events::Rule', `${lane}-Approvals-Rule`);
    expect(dependsOn).toContain('Refusals-Function-Handler');
  },
);

test('nothing waits for itself', () => {
  expect(given.cycle).toBeNull();
});

test('nor does anything that an audit by schedule adds', () => {
  expect(givenStack('scheduledAudit').cycle).toBeNull();
});

test('where no task is enabled, the refusals wait for no lane', () => {
  const { dependsOn } = givenStack('withoutTasks').one('AWS::Events::Rule', 'Refusals-Untaken-Rule');
  expect(dependsOn.filter((name) => !name.startsWith('OrganizationRuns-'))).toEqual([]);
});
