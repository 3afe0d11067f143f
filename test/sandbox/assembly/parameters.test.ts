import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { givenAssembly, removeAssemblies } from '../fixtures/given-assembly.ts';

afterAll(removeAssemblies);

const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
const read = (resources: Record<string, unknown>) => readDeployment(givenAssembly(resources), place);
const parameter = (more: Record<string, unknown> = {}) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Type: 'String', Value: 'running', AllowedPattern: 'running|stopped', ...more },
});

test('a parameter has its value, its pattern, and a name that Ref gives', () => {
  const { parameters, queues } = read({
    Switch: parameter({ Name: '/rootdesk/switch', Description: 'Stops everything', Tier: 'Standard' }),
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { Ref: 'Plain' } } },
    Plain: parameter({ Name: 'plain', AllowedPattern: undefined }),
  });

  expect(parameters).toEqual([
    {
      logicalId: 'Switch',
      name: '/rootdesk/switch',
      arn: 'arn:aws:ssm:eu-central-1:222222222222:parameter/rootdesk/switch',
      value: 'running',
      allowedPattern: 'running|stopped',
      tier: 'Standard',
    },
    {
      logicalId: 'Plain',
      name: 'plain',
      arn: 'arn:aws:ssm:eu-central-1:222222222222:parameter/plain',
      value: 'running',
      allowedPattern: null,
      tier: 'Standard',
    },
  ]);
  expect(queues[0]?.name).toBe('plain');
});

test('a parameter without a name gets one, the same each time', () => {
  const names = [1, 2].map(() => read({ Switch: parameter() }).parameters[0]?.name);

  expect(names[0]).toMatch(/^CFN-Switch-[0-9A-F]{12}$/);
  expect(names[1]).toBe(names[0]);
});

test.each([
  ['another type', { Type: 'StringList' }, 'Properties.Type'],
  ['a policy', { Policies: '[]' }, 'the sandbox does not model Policies'],
  ['a value that does not fit', { Value: 'unstopped' }, 'its Value does not fit its AllowedPattern'],
  ['an ARN by Fn::GetAtt', { Value: { 'Fn::GetAtt': ['Other', 'Arn'] } }, 'Fn::GetAtt cannot be resolved'],
])('%s is an error, as it is in CloudFormation or for the sandbox', (_, more, problem) => {
  expect(() => read({ Switch: parameter(more), Other: parameter() })).toThrow(problem);
});
