import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { givenAssembly, removeAssemblies } from '../fixtures/given-assembly.ts';

afterAll(removeAssemblies);

const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] };
const role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } };
const fn = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Code: { S3Bucket: 'assets', S3Key: '1.zip' },
    Environment: { Variables: { TABLE: { Ref: 'Table' } } },
  },
  Metadata: { 'aws:asset:path': 'asset.1' },
};
const table = {
  Type: 'AWS::DynamoDB::GlobalTable',
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    Replicas: [{ Region: { Ref: 'AWS::Region' }, ResourcePolicy: { PolicyDocument: trust } }],
  },
};
const read = (resources: Record<string, unknown>, sections?: Record<string, unknown>) =>
  readDeployment(givenAssembly(resources, sections), place);

test('a function has the names that CloudFormation would give, and what its template says', () => {
  const deployment = read({ Role: role, Function: fn, Table: table });

  const [found] = deployment.functions;
  expect(found).toMatchObject({
    logicalId: 'Function',
    name: expect.stringMatching(/^Desk-Function-[0-9A-F]{12}$/),
    arn: `arn:aws:lambda:eu-central-1:222222222222:function:${found?.name}`,
    roleArn: deployment.roles[0]?.arn,
    assetDirectory: expect.stringMatching(/asset\.1$/),
    environment: { TABLE: deployment.tables[0]?.name },
    timeoutSeconds: 3,
    memoryMb: 128,
    asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, onFailureArn: null },
    permissions: [],
  });
});

test('the same assembly gives the same names, of at most the length that AWS takes', () => {
  const long = `Role${'x'.repeat(100)}`;
  const names = [1, 2].map(() => read({ [long]: role }).roles[0]?.name ?? '');

  expect(names[0]).toBe(names[1]);
  expect(names[0]).toHaveLength(64);
});

test("a function's retries, destination and permissions are found by its name or ARN", () => {
  const { functions, queues } = read({
    Role: role,
    Table: table,
    Function: fn,
    Queue: { Type: 'AWS::SQS::Queue' },
    Config: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'Function' },
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
      },
    },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:rule',
      },
    },
  });

  expect(functions[0]?.asyncInvoke).toEqual({
    maximumRetryAttempts: 1,
    maximumEventAgeSeconds: 21_600,
    onFailureArn: queues[0]?.arn,
  });
  expect(functions[0]?.permissions).toEqual([
    { principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: 'arn:rule' },
  ]);
});

test('a role has its own policies, those attached to it, and those that AWS manages', () => {
  const document = { Version: '2012-10-17', Statement: [] };
  const { roles } = read({
    Role: {
      ...role,
      Properties: {
        ...role.Properties,
        Policies: [{ PolicyName: 'own', PolicyDocument: document }],
        ManagedPolicyArns: [
          {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
              ],
            ],
          },
        ],
      },
    },
    Attached: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'attached', PolicyDocument: document, Roles: [{ Ref: 'Role' }] },
    },
    Others: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'others', PolicyDocument: document, Roles: ['somebody-else'] },
    },
  });

  expect(roles[0]?.policies.map(({ name }) => name)).toEqual([
    'own',
    'attached',
    'service-role/AWSLambdaBasicExecutionRole',
  ]);
});

test('a table has its key, its stream, its time to live and the policy of its one replica', () => {
  const [found] = read({ Table: table }).tables;

  expect(found).toMatchObject({
    streamArn: expect.stringContaining(`${found?.arn}/stream/`),
    streamViewType: 'NEW_IMAGE',
    timeToLiveAttribute: 'expires',
    resourcePolicy: trust,
    createTable: { TableName: found?.name, KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] },
  });
});

test('a bus has every statement of its policies, a rule its bus, pattern and targets', () => {
  const { buses, rules, queues } = read({
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'rootdesk' } },
    Policy: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: { EventBusName: { Ref: 'Bus' }, StatementId: 'cdk-Deny', Statement: { Effect: 'Deny' } },
    },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'dead-letters' } },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: { 'Fn::GetAtt': ['Bus', 'Arn'] },
        EventPattern: { source: ['acme.tickets'] },
        Targets: [
          {
            Arn: 'arn:function',
            Id: 'Target0',
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
          },
        ],
      },
    },
  });

  expect(buses[0]?.policy).toEqual({
    Version: '2012-10-17',
    Statement: [{ Sid: 'cdk-Deny', Effect: 'Deny' }],
  });
  expect(rules).toMatchObject([
    {
      busName: 'rootdesk',
      enabled: true,
      pattern: { source: ['acme.tickets'] },
      targets: [
        {
          arn: 'arn:function',
          deadLetterArn: queues[0]?.arn,
          maximumRetryAttempts: 185,
          maximumEventAgeSeconds: 86_400,
        },
      ],
    },
  ]);
  expect(queues[0]).toMatchObject({
    name: 'dead-letters',
    arn: 'arn:aws:sqs:eu-central-1:222222222222:dead-letters',
    url: 'https://sqs.eu-central-1.amazonaws.com/222222222222/dead-letters',
  });
});

test('queues and topics have their policies, and their key however they name it', () => {
  const { queues, topics, keys } = read({
    Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: trust } },
    Alias: {
      Type: 'AWS::KMS::Alias',
      Properties: { AliasName: 'alias/desk', TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    },
    ByAlias: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: { Ref: 'Alias' } } },
    ByAws: { Type: 'AWS::SQS::Queue', Properties: { KmsMasterKeyId: 'alias/aws/sqs' } },
    QueuePolicy: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { PolicyDocument: trust, Queues: [{ Ref: 'ByAlias' }] },
    },
    Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { Ref: 'Key' } } },
    Mail: {
      Type: 'AWS::SNS::Subscription',
      Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'email', Endpoint: 'oncall@example.com' },
    },
  });

  expect(queues.map(({ keyArn, policy }) => [keyArn, policy])).toEqual([
    [keys[0]?.arn, trust],
    [null, null],
  ]);
  expect(topics).toMatchObject([
    { keyArn: keys[0]?.arn, subscriptions: [{ protocol: 'email', endpoint: 'oncall@example.com' }] },
  ]);
});

test('a resource whose condition is false is not there', () => {
  const queue = { Type: 'AWS::SQS::Queue', Condition: 'InOregon' };
  const sections = { Conditions: { InOregon: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-west-2'] } } };

  expect(read({ Queue: queue }, sections).queues).toEqual([]);
});

const mapping = {
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    FunctionName: { Ref: 'Function' },
    EventSourceArn: 'arn:aws:kinesis:x',
    StartingPosition: 'LATEST',
  },
};

test.each([
  ['a type', { Trail: { Type: 'AWS::CloudTrail::Trail' } }, 'Trail (AWS::CloudTrail::Trail)'],
  [
    'a property',
    { Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } },
    'Queue (AWS::SQS::Queue): the sandbox does not model FifoQueue in Properties',
  ],
  [
    'a nested property',
    {
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['x'] },
          Targets: [{ Arn: 'a', Id: 'b', InputPath: '$.detail' }],
        },
      },
    },
    'Rule (AWS::Events::Rule): the sandbox does not model InputPath in Properties.Targets.0',
  ],
  [
    'an attribute',
    {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::GetAtt': ['Role', 'RoleId'] } } },
      Role: role,
    },
    'Queue (AWS::SQS::Queue): Fn::GetAtt cannot be resolved',
  ],
  [
    'an intrinsic, even where it has no effect',
    { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: { 'Fn::ImportValue': 'x' } } } },
    'Alarm (AWS::CloudWatch::Alarm): the sandbox does not know the intrinsic Fn::ImportValue',
  ],
  [
    'code that is no asset',
    { Role: role, Table: table, Function: { ...fn, Metadata: {} } },
    'Function (AWS::Lambda::Function): its code is no bundled asset',
  ],
  [
    'a managed policy',
    {
      Role: { ...role, Properties: { ...role.Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/X'] } },
    },
    'Role (AWS::IAM::Role): the sandbox does not know the policy arn:aws:iam::aws:policy/X',
  ],
  [
    'an event source',
    { Role: role, Table: table, Function: fn, Mapping: mapping },
    'Mapping (AWS::Lambda::EventSourceMapping): the sandbox reads DynamoDB streams and SQS queues only',
  ],
])('%s that is not modelled is an error that names the resource', (_, resources, problem) => {
  expect(() => read(resources)).toThrow(problem);
});

test('a section of the template that is not known is an error', () => {
  expect(() => read({}, { Transform: 'AWS::Serverless-2016-10-31' })).toThrow('Transform');
});
