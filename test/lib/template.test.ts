import { deployedResources } from './deployed-stack.ts';
import { givenStack } from './given-stack.ts';

const given = givenStack();

test('no ARN of the product names a partition: the template deploys in every one', () => {
  const literal = JSON.stringify(given.template).match(/arn:aws[a-z-]*:[^"]*/g) ?? [];
  const ofTheSettings = 'arn:aws:iam::333333333333:role/ticketing';
  expect([...new Set(literal)]).toEqual([ofTheSettings]);
});

test('no name of account or Region is written down, but for those of the settings', () => {
  const accounts = JSON.stringify(given.template).match(/\b\d{12}\b/g) ?? [];
  expect([...new Set(accounts)].sort()).toEqual(['111111111111', '333333333333']);
  expect(JSON.stringify(given.template)).not.toMatch(/\b[a-z]{2}-[a-z]+-\d\b/);
});

/** A frozen list: the sandbox has to know every type, and a person every kind of thing that is deployed. */
test('the stack is made of these types of resources', () => {
  expect([...new Set(given.resources.map(({ type }) => type))].sort()).toEqual([
    'AWS::CloudWatch::Alarm',
    'AWS::DynamoDB::GlobalTable',
    'AWS::Events::EventBus',
    'AWS::Events::EventBusPolicy',
    'AWS::Events::Rule',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::KMS::Key',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::SSM::Parameter',
    'AWS::Scheduler::ScheduleGroup',
    'AWS::StepFunctions::StateMachine',
  ]);
});

test('the outputs say where to send approvals, and where to look', () => {
  expect(Object.keys(given.template.Outputs).sort()).toEqual([
    'AlarmTopicArn',
    'AuditTrailTable',
    'BusArn',
    'DigestBucket',
    'OnCallTopicArn',
    'ParkingQueueArn',
    'ParkingQueueUrl',
    'ReportBucket',
    'SwitchParameter',
  ]);
});

test('the settings are not in the environment: all of it together may hold 4 KB', () => {
  // Under names as long as CloudFormation makes them up: the give-up's knows every failure queue by its ARN.
  for (const { properties, type } of deployedResources(given)) {
    if (type === 'AWS::Lambda::Function')
      expect(JSON.stringify(properties.Environment).length).toBeLessThan(2048);
  }
});
