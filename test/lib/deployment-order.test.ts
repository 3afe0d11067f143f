import { Template } from 'aws-cdk-lib/assertions';
import { givenStack } from './given-stack.ts';

const given = givenStack();

/** A rule of refusals that narrows before the lane stands leaves approvals that no rule takes, and nobody hears of. */
test("the refusals' rule changes only when each lane stands: its rule, permission, function and roles", () => {
  const { dependsOn } = given.one('AWS::Events::Rule', 'Refusals-Untaken-Rule');
  const ofLanes = given.resources.filter(({ name }) => /^Unlock(S3Bucket|SqsQueue)-/.test(name));
  const types = new Set(ofLanes.map(({ type }) => type));
  for (const type of [
    'AWS::Events::Rule',
    'AWS::Lambda::Permission',
    'AWS::Lambda::Function',
    'AWS::IAM::Policy',
  ])
    expect(types).toContain(type);
  expect(ofLanes.map(({ name }) => name).filter((name) => !dependsOn.includes(name))).toEqual([]);
});

test.each(['UnlockS3Bucket', 'UnlockSqsQueue'])(
  'the rule of %s waits for the function that refuses: one of before would refuse what the lane takes',
  (lane) => {
    const { dependsOn } = given.one('AWS::Events::Rule', `${lane}-Approvals-Rule`);
    expect(dependsOn).toContain('Refusals-Function-Handler');
  },
);

test('nothing waits for itself', () => {
  expect(() => Template.fromJSON(given.template)).not.toThrow();
});

test('where no task is enabled, the refusals wait for none', () => {
  const tasks = { 'unlock-s3-bucket': { enabled: false }, 'unlock-sqs-queue': { enabled: false } };
  expect(givenStack({ tasks }).one('AWS::Events::Rule', 'Refusals-Untaken-Rule').dependsOn).toEqual([]);
});
