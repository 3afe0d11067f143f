import { startAws } from '../../../sandbox/aws/start.ts';
import { createClock } from '../../../sandbox/clock.ts';
import type {
  Account,
  Aws,
  AwsEvents,
  BusEvent,
  Clock,
  Credentials,
  Deployment,
  FaultRequest,
  Organization,
  PolicyDocument,
  ShowsAfterMs,
  SubscriptionState,
  TableChange,
} from '../../../sandbox/parts.ts';

export const management = '111111111111';
export const admin = '222222222222';
export const sender = '333333333333';
export const stranger = '444444444444';
export const member = '156041421443';
export const otherMember = '888888888888';
export const region = 'eu-west-1';

export const functionRole = `arn:aws:iam::${admin}:role/unlock-function`;
export const otherFunctionRole = `arn:aws:iam::${admin}:role/other-function`;
export const taskRole = `arn:aws:iam::${admin}:role/unlock-task`;
export const announceRole = `arn:aws:iam::${admin}:role/announce`;
export const ticketingRole = `arn:aws:iam::${sender}:role/ticketing`;
export const insider = `arn:aws:iam::${admin}:role/administrator`;
export const colleague = `arn:aws:iam::${sender}:role/administrator`;
export const outsider = `arn:aws:iam::${stranger}:role/administrator`;
export const memberAdmin = `arn:aws:iam::${member}:role/administrator`;

export const s3Task = 'arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy';
export const sqsTask = 'arn:aws:iam::aws:policy/root-task/SQSUnlockQueuePolicy';
export const auditTask = 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials';

export const busArn = `arn:aws:events:${region}:${admin}:event-bus/rootdesk`;
export const tableArn = `arn:aws:dynamodb:${region}:${admin}:table/trail`;
export const topicArn = `arn:aws:sns:${region}:${admin}:endings`;
export const queueArn = `arn:aws:sqs:${region}:${admin}:failures`;
export const queueUrl = `https://sqs.${region}.amazonaws.com/${admin}/failures`;
export const ruleArn = `arn:aws:events:${region}:${admin}:rule/rootdesk/unlock`;
export const keyArn = `arn:aws:kms:${region}:${admin}:key/11111111-2222-3333-4444-555555555555`;
export const parameterName = '/rootdesk/switch';
export const parameterArn = `arn:aws:ssm:${region}:${admin}:parameter/rootdesk/switch`;
export const storeArn = 'arn:aws:s3:::rootdesk-digests';
export const functionArn = `arn:aws:lambda:${region}:${admin}:function:unlock`;

export function policy(...statements: readonly Readonly<Record<string, unknown>>[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: statements };
}

export const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Deny',
  Action,
  Resource,
  ...more,
});

/** A developer's Deny that shut out every principal. */
export function lockout(bucketName: string): PolicyDocument {
  const resources = [`arn:aws:s3:::${bucketName}`, `arn:aws:s3:::${bucketName}/*`];
  return policy({
    Sid: 'PipelineOnly',
    ...deny('s3:*', resources),
    Principal: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${member}:role/deleted-pipeline` } },
  });
}

const trustsFunction = policy(
  ...['sts:AssumeRole', 'sts:SetSourceIdentity'].map((Action) => ({
    Effect: 'Allow',
    Principal: { AWS: functionRole },
    Action,
    Condition: { StringLike: { 'sts:SourceIdentity': '?*' } },
  })),
);

function role(arn: string, document: PolicyDocument, trustPolicy?: PolicyDocument) {
  const name = arn.split('/').at(-1) ?? '';
  const lambda = {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  return {
    logicalId: name,
    name,
    arn,
    trustPolicy: trustPolicy ?? policy(lambda),
    maxSessionSeconds: 3600,
    policies: [{ name: 'inline', document }],
  };
}

const roles = [
  role(
    functionRole,
    policy(
      allow(['sts:AssumeRole', 'sts:SetSourceIdentity'], taskRole),
      allow(['dynamodb:PutItem', 'dynamodb:GetItem', 'dynamodb:Query'], [tableArn, `${tableArn}/index/*`]),
      allow('organizations:DescribeAccount', '*'),
      allow('iam:ListOrganizationsFeatures', '*'),
      allow('ssm:GetParameter', parameterArn),
    ),
  ),
  role(otherFunctionRole, policy(allow('*', '*'))),
  role(
    taskRole,
    policy(
      allow('sts:AssumeRoot', 'arn:aws:iam::*:root', {
        Condition: { ArnEquals: { 'sts:TaskPolicyArn': s3Task } },
      }),
      deny('sts:AssumeRoot', `arn:aws:iam::${management}:root`),
    ),
    trustsFunction,
  ),
  role(
    announceRole,
    policy(
      allow('events:PutEvents', busArn),
      allow(['sns:Publish', 'sns:GetTopicAttributes'], topicArn),
      allow(['kms:GenerateDataKey', 'kms:Decrypt'], keyArn),
      allow('sqs:SendMessage', queueArn),
      allow('s3:PutObject', `${storeArn}/*`),
    ),
  ),
];

const appendOnly = policy({
  Sid: 'ChangeNothing',
  ...deny(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'], '*'),
  Principal: '*',
});

const busPolicy = policy(
  {
    Sid: 'DenyEverybodyElse',
    ...deny('events:PutEvents', busArn),
    Principal: '*',
    Condition: { ArnNotEquals: { 'aws:PrincipalArn': [ticketingRole, announceRole] } },
  },
  {
    Sid: 'AllowSenders',
    ...allow('events:PutEvents', busArn),
    Principal: { AWS: `arn:aws:iam::${sender}:root` },
    Condition: {
      ArnEquals: { 'aws:PrincipalArn': ticketingRole },
      'ForAllValues:StringEquals': {
        'events:source': ['acme.tickets'],
        'events:detail-type': ['Root Task Approved'],
      },
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
    },
  },
);

export const deployment: Deployment = {
  partition: 'aws',
  region,
  accountId: admin,
  stackName: 'Rootdesk',
  functions: [
    {
      logicalId: 'Unlock',
      name: 'unlock',
      arn: functionArn,
      roleArn: functionRole,
      assetDirectory: '',
      handler: 'index.handler',
      environment: {},
      timeoutSeconds: 30,
      memoryMb: 256,
      asyncInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21_600, onFailureArn: null },
      permissions: [
        { principal: 'events.amazonaws.com', action: 'lambda:InvokeFunction', sourceArn: ruleArn },
      ],
    },
  ],
  roles,
  tables: [
    {
      logicalId: 'Trail',
      name: 'trail',
      arn: tableArn,
      streamArn: `${tableArn}/stream/2026`,
      streamViewType: 'NEW_AND_OLD_IMAGES',
      timeToLiveAttribute: null,
      resourcePolicy: appendOnly,
      createTable: {
        TableName: 'trail',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'requestId', KeyType: 'HASH' },
          { AttributeName: 'sequence', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'requestId', AttributeType: 'S' },
          { AttributeName: 'sequence', AttributeType: 'N' },
          { AttributeName: 'accountId', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'by-account',
            KeySchema: [{ AttributeName: 'accountId', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      },
    },
    {
      logicalId: 'Locks',
      name: 'locks',
      arn: `arn:aws:dynamodb:${region}:${admin}:table/locks`,
      streamArn: null,
      streamViewType: null,
      timeToLiveAttribute: 'expiration',
      resourcePolicy: null,
      createTable: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      },
    },
  ],
  buses: [{ name: 'rootdesk', arn: busArn, policy: busPolicy }],
  rules: [],
  schedules: [],
  queues: [
    {
      logicalId: 'Failures',
      name: 'failures',
      arn: queueArn,
      url: queueUrl,
      keyArn: null,
      visibilityTimeoutSeconds: 30,
      retentionSeconds: 345_600,
      redrive: null,
      policy: policy({
        ...allow('sqs:SendMessage', queueArn),
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': ruleArn } },
      }),
    },
  ],
  topics: [
    {
      logicalId: 'Endings',
      name: 'endings',
      arn: topicArn,
      policy: null,
      keyArn,
      subscriptions: [
        { protocol: 'email', endpoint: 'oncall@example.com' },
        { protocol: 'https', endpoint: 'https://example.com/hook' },
      ],
      displayName: 'Root tasks',
    },
  ],
  keys: [
    {
      logicalId: 'Key',
      arn: keyArn,
      policy: policy({ ...allow('kms:*', '*'), Principal: { AWS: `arn:aws:iam::${admin}:root` } }),
    },
  ],
  buckets: [
    {
      logicalId: 'Digests',
      name: 'rootdesk-digests',
      arn: storeArn,
      region,
      policy: policy(
        {
          Sid: 'TlsOnly',
          ...deny('s3:*', [storeArn, `${storeArn}/*`]),
          Principal: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
        {
          Sid: 'WrittenByTheProduct',
          ...deny('s3:PutObject', `${storeArn}/*`),
          Principal: '*',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': [announceRole] } },
        },
      ),
      versioned: true,
      defaultRetention: { mode: 'GOVERNANCE', days: 30, years: null },
      encryption: 'AES256',
      keyArn: null,
    },
  ],
  parameters: [
    {
      logicalId: 'Switch',
      name: parameterName,
      arn: parameterArn,
      value: 'running',
      allowedPattern: 'running|stopped',
      tier: 'Standard',
    },
  ],
  eventSourceMappings: [],
  queueMappings: [],
  stateMachines: [],
  scheduleGroups: [],
  schedulerSchedules: [],
};

export function account(id: string, more: Partial<Account> = {}): Account {
  return { id, state: 'ACTIVE', serviceControlPolicies: [], buckets: [], queues: [], ...more };
}

export function organization(more: Partial<Organization> = {}): Organization {
  const buckets = [
    { name: 'project-prod-1', region: 'eu-north-1', policy: lockout('project-prod-1') },
    { name: 'project-prod-2', region: 'eu-west-1', policy: null },
    { name: 'scratch', region: 'eu-west-1', policy: null },
  ];
  return {
    managementAccountId: management,
    delegatedAdminAccountId: admin,
    features: ['RootSessions', 'RootCredentialsManagement'],
    trustedAccess: true,
    accounts: [
      account(member, { buckets }),
      account(otherMember, { buckets: [{ name: 'other-1', region, policy: null }] }),
    ],
    ...more,
  };
}

export type Bucket = Deployment['buckets'][number];

export interface World {
  readonly aws: Aws;
  readonly clock: Clock;
  readonly organization: Organization;
  readonly putEvents: { busName: string; event: BusEvent }[];
  readonly changes: TableChange[];
  readonly notifications: { topicArn: string; subject: string | null; message: string }[];
  readonly messages: { queueArn: string; body: string }[];
  readonly deaths: string[];
  /** Configuration of an SDK client that calls as a principal outside the stack, or with any credentials. */
  as(who: string | Credentials, clientRegion?: string): ClientConfiguration;
  asRole(roleArn: string, environmentId?: string): ClientConfiguration;
}

export interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
}

export async function startWorld(
  more: {
    readonly organization?: Organization;
    readonly deployment?: Deployment;
    readonly faults?: readonly FaultRequest[];
    readonly latencyMs?: Readonly<Record<string, number>>;
    readonly subscriptions?: SubscriptionState;
    readonly showsAfterMs?: ShowsAfterMs;
  } = {},
): Promise<World> {
  const clock = createClock();
  const state = more.organization ?? organization();
  const seen = {
    putEvents: [] as World['putEvents'],
    changes: [] as World['changes'],
    notifications: [] as World['notifications'],
    messages: [] as World['messages'],
    deaths: [] as string[],
  };
  const events: AwsEvents = {
    eventPut: (busName, event) => seen.putEvents.push({ busName, event }),
    messageSent: (arn, body) => seen.messages.push({ queueArn: arn, body }),
    notificationPublished: (arn, subject, message) =>
      seen.notifications.push({ topicArn: arn, subject, message }),
    tableChanged: (change) => seen.changes.push(change),
    crash: (environmentId) => seen.deaths.push(`crash ${environmentId}`),
    struck: () => undefined,
    noAnswer: (environmentId) => seen.deaths.push(`noAnswer ${environmentId}`),
    dropped: () => undefined,
  };
  const aws = await startAws({
    clock,
    deployment: more.deployment ?? deployment,
    organization: state,
    faults: more.faults ?? [],
    latencyMs: more.latencyMs ?? {},
    showsAfterMs: more.showsAfterMs ?? {},
    subscriptions: more.subscriptions ?? 'confirmed',
    events,
  });
  const configuration = (credentials: Credentials, clientRegion = region): ClientConfiguration => ({
    endpoint: aws.endpoint,
    region: clientRegion,
    credentials,
    maxAttempts: 1,
  });
  return {
    aws,
    clock,
    organization: state,
    ...seen,
    as: (who, clientRegion) =>
      configuration(typeof who === 'string' ? aws.credentialsForPrincipal(who) : who, clientRegion),
    asRole: (roleArn, environmentId = 'environment-1') =>
      configuration(aws.credentialsForRole(roleArn, 'unlock', environmentId)),
  };
}
