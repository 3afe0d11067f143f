import { account, type GivenStack, region } from '../given-stack.ts';
import { busPolicyOf, documentOf, type PolicyDocument } from '../policies.ts';

/** Something to try an action on, with its own policy. */
export interface Target {
  readonly arn: string;
  /** The name of it in the matrix. */
  readonly label: string;
  readonly account: string;
  readonly policy?: PolicyDocument;
}

export interface Targets {
  readonly roles: readonly Target[];
  readonly rootUsers: readonly Target[];
  readonly buses: readonly Target[];
  /** The targets that belong to the service of an action. */
  ofAction(action: string): readonly Target[];
}

const member = '156041421443';

/** What another account owns lets the stack's account do everything: only the role's own policies are in the way. */
const wideOpen: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: '*', Resource: '*' }],
};

const elsewhere = (arn: string, label: string): Target => ({
  arn,
  label: `${label} of account ${member}`,
  account: member,
  policy: wideOpen,
});

/** Every resource of the stack that could be harmed, others like them beside it, and the same in another account. */
export function targetsIn(given: GivenStack): Targets {
  const here = `${region}:${account}`;
  const there = `${region}:${member}`;
  const owned = (type: string, arn: (name: string) => string, policyOf?: (name: string) => PolicyDocument) =>
    given.resources
      .filter((resource) => resource.type === type)
      .map(({ name }): Target => ({ arn: arn(name), label: name, account, policy: policyOf?.(name) }));
  const beside = (arn: string, label: string): Target => ({ arn, label, account });

  const trustOf = (name: string) =>
    documentOf(given.one('AWS::IAM::Role', name).properties.AssumeRolePolicyDocument);
  const tablePolicyOf = (name: string) => {
    const [replica] = given.one('AWS::DynamoDB::GlobalTable', name).properties.Replicas as [
      { ResourcePolicy: { PolicyDocument: unknown } },
    ];
    return documentOf(replica.ResourcePolicy.PolicyDocument);
  };
  const attached = (type: string) => (name: string) =>
    documentOf(given.one(type, `${name}-Policy`).properties.PolicyDocument);
  const keyPolicyOf = (name: string) => documentOf(given.one('AWS::KMS::Key', name).properties.KeyPolicy);

  const tables = owned(
    'AWS::DynamoDB::GlobalTable',
    (name) => `arn:aws:dynamodb:${here}:table/${name}`,
    tablePolicyOf,
  );
  const parts = tables.flatMap(({ arn, label, policy }) => [
    { arn: `${arn}/index/byMonth`, label: `${label}, index byMonth`, account, policy },
    { arn: `${arn}/index/byTarget`, label: `${label}, index byTarget`, account, policy },
    // A stream has a policy of its own, and nobody has written one.
    { arn: `${arn}/stream/now`, label: `${label}, stream`, account },
  ]);
  const buckets = owned(
    'AWS::S3::Bucket',
    (name) => `arn:aws:s3:::${name.toLowerCase()}`,
    attached('AWS::S3::BucketPolicy'),
  );
  const roles = [
    ...owned('AWS::IAM::Role', (name) => `arn:aws:iam::${account}:role/${name}`, trustOf),
    elsewhere(`arn:aws:iam::${member}:role/Admin`, 'role Admin'),
  ];
  const rootUsers = [
    [member, 'a member'],
    ['111111111111', 'the management account'],
    ['444444444444', 'an excluded account'],
    [account, 'its own account'],
  ].map(([id = '', label = '']) => ({
    arn: `arn:aws:iam::${id}:root`,
    label: `root of ${label}`,
    account: id,
    policy: wideOpen,
  }));
  const buses = [
    ...owned(
      'AWS::Events::EventBus',
      () => `arn:aws:events:${here}:event-bus/rootdesk`,
      () => busPolicyOf(given),
    ),
    beside(`arn:aws:events:${here}:event-bus/default`, 'the default bus'),
    elsewhere(`arn:aws:events:${there}:event-bus/rootdesk`, 'bus rootdesk'),
  ];

  const machines = owned(
    'AWS::StepFunctions::StateMachine',
    (name) => `arn:aws:states:${here}:stateMachine:${name}`,
  );
  const groups = owned(
    'AWS::Scheduler::ScheduleGroup',
    (name) => `arn:aws:scheduler:${here}:schedule-group/${name}`,
  );

  const byService: Readonly<Record<string, readonly Target[]>> = {
    dynamodb: [
      ...tables,
      ...parts,
      beside(`arn:aws:dynamodb:${here}:table/another`, 'table another'),
      elsewhere(`arn:aws:dynamodb:${there}:table/AuditTrail-Table`, 'table AuditTrail-Table'),
    ],
    sqs: [
      ...owned('AWS::SQS::Queue', (name) => `arn:aws:sqs:${here}:${name}`, attached('AWS::SQS::QueuePolicy')),
      beside(`arn:aws:sqs:${here}:another`, 'queue another'),
      elsewhere(`arn:aws:sqs:${there}:orders`, 'queue orders'),
    ],
    sns: [
      ...owned('AWS::SNS::Topic', (name) => `arn:aws:sns:${here}:${name}`, attached('AWS::SNS::TopicPolicy')),
      elsewhere(`arn:aws:sns:${there}:OnCall-Endings`, 'topic OnCall-Endings'),
    ],
    kms: [
      ...owned('AWS::KMS::Key', (name) => `arn:aws:kms:${here}:key/${name}`, keyPolicyOf),
      elsewhere(`arn:aws:kms:${there}:key/another`, 'a key'),
    ],
    s3: [
      ...buckets,
      ...buckets.flatMap(({ arn, label, policy }) => [
        { arn: `${arn}/heads/2026/11/20.json`, label: `${label}, a digest`, account, policy },
        { arn: `${arn}/plans/0123456789abcdef.json`, label: `${label}, a plan`, account, policy },
        { arn: `${arn}/reports/2026-11-20/report.html`, label: `${label}, a report`, account, policy },
        { arn: `${arn}/elsewhere`, label: `${label}, another object`, account, policy },
      ]),
      elsewhere('arn:aws:s3:::project-prod-1', 'bucket project-prod-1'),
      elsewhere('arn:aws:s3:::project-prod-1/object', 'an object in bucket project-prod-1'),
    ],
    ssm: [
      beside(`arn:aws:ssm:${here}:parameter/rootdesk/root-tasks`, 'the kill switch'),
      beside(`arn:aws:ssm:${here}:parameter/another`, 'parameter another'),
    ],
    events: [
      ...buses,
      ...given.resources
        .filter(({ type }) => type === 'AWS::Events::Rule')
        .map(({ name, properties }) =>
          beside(
            `arn:aws:events:${here}:rule/${'EventBusName' in properties ? 'rootdesk/' : ''}${name}`,
            name,
          ),
        ),
    ],
    lambda: [
      ...owned('AWS::Lambda::Function', (name) => `arn:aws:lambda:${here}:function:${name}`),
      elsewhere(`arn:aws:lambda:${there}:function:another`, 'function another'),
    ],
    states: [
      ...machines,
      ...machines.map(({ arn, label }) =>
        beside(`${arn.replace(':stateMachine:', ':execution:')}:rd-1`, `${label}, an execution`),
      ),
      beside(`arn:aws:states:${here}:stateMachine:another`, 'state machine another'),
      elsewhere(`arn:aws:states:${there}:stateMachine:another`, 'state machine another'),
    ],
    scheduler: [
      ...groups,
      ...groups.map(({ arn, label }) =>
        beside(`${arn.replace(':schedule-group/', ':schedule/')}/rd-1`, `${label}, a schedule`),
      ),
      beside(`arn:aws:scheduler:${here}:schedule/default/another`, 'schedule another'),
    ],
    organizations: [
      beside(`arn:aws:organizations::111111111111:account/o-x/${member}`, 'a member account'),
      beside('arn:aws:organizations::111111111111:root/o-x/r-ab12', 'the root of the organization'),
      beside('arn:aws:organizations::111111111111:ou/o-x/ou-ab12-prod1234', 'a part of the organization'),
      beside(
        'arn:aws:organizations::111111111111:policy/o-x/service_control_policy/p-0123abcd',
        'a policy of the organization',
      ),
    ],
    logs: [
      ...owned('AWS::Logs::LogGroup', (name) => `arn:aws:logs:${here}:log-group:${name}`),
      ...owned('AWS::Logs::LogGroup', (name) => `arn:aws:logs:${here}:log-group:${name}:log-stream:x`),
    ],
    sts: roles,
    iam: [
      ...roles,
      beside(`arn:aws:iam::${account}:user/somebody`, 'a user of its own account'),
      elsewhere(`arn:aws:iam::${member}:user/somebody`, 'a user'),
      elsewhere(`arn:aws:iam::${member}:mfa/root-account-mfa-device`, 'the MFA device of root'),
    ],
  };
  const everything: Target = { arn: '*', label: '*', account };
  return {
    roles,
    rootUsers,
    buses,
    ofAction: (action) => [...(byService[action.split(':')[0] ?? ''] ?? []), everything],
  };
}
