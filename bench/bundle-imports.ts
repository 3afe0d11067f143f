const dynamodb = [
  'client-dynamodb',
  'DynamoDBClient',
  'GetItemCommand',
  'PutItemCommand',
  'QueryCommand',
] as const;

const locks = [...dynamodb, 'UpdateItemCommand', 'DeleteItemCommand'] as const;

/** What every lane takes, whatever its root task. */
const lane = [
  locks,
  ['client-sts', 'STSClient', 'AssumeRoleCommand', 'AssumeRootCommand'],
  ['client-organizations', 'OrganizationsClient', 'DescribeAccountCommand'],
  ['client-iam', 'IAMClient', 'ListOrganizationsFeaturesCommand'],
  ['client-ssm', 'SSMClient', 'GetParameterCommand'],
] as const;

const machines = ['client-sfn', 'SFNClient', 'StartExecutionCommand'] as const;

/** Of IAM, beside the client that a lane has anyway. */
const reads = [
  'GetAccessKeyLastUsedCommand',
  'GetAccountSummaryCommand',
  'GetLoginProfileCommand',
  'GetUserCommand',
  'ListAccessKeysCommand',
  'ListMFADevicesCommand',
  'ListSigningCertificatesCommand',
] as const;
const deletions = [
  'DeactivateMFADeviceCommand',
  'DeleteAccessKeyCommand',
  'DeleteLoginProfileCommand',
  'DeleteSigningCertificateCommand',
  'DeleteVirtualMFADeviceCommand',
] as const;

const s3Policies = [
  'client-s3',
  'S3Client',
  'ListBucketsCommand',
  'GetBucketPolicyCommand',
  'PutBucketPolicyCommand',
  'DeleteBucketPolicyCommand',
  'HeadBucketCommand',
] as const;
const sqsPolicies = [
  'client-sqs',
  'SQSClient',
  'GetQueueAttributesCommand',
  'GetQueueUrlCommand',
  'ListQueuesCommand',
  'SetQueueAttributesCommand',
] as const;

/** What each function takes from the SDK: a bare handler imports just this, and does nothing with it. */
export const bundleImports: Readonly<Record<string, readonly (readonly [string, ...string[]])[]>> = {
  'lambdas/root-task/tasks/unlock-s3-bucket.ts': [...lane, s3Policies],
  'lambdas/root-task/tasks/restore-s3-bucket-policy.ts': [...lane, s3Policies],
  'lambdas/root-task/tasks/unlock-sqs-queue.ts': [...lane, sqsPolicies],
  'lambdas/root-task/tasks/restore-sqs-queue-policy.ts': [...lane, sqsPolicies],
  'lambdas/root-task/tasks/audit-root-credentials.ts': [...lane, ['client-iam', ...reads]],
  'lambdas/root-task/tasks/delete-root-credentials.ts': [...lane, ['client-iam', ...reads, ...deletions]],
  'lambdas/root-task/tasks/allow-root-password-recovery.ts': [
    ...lane,
    ['client-iam', 'GetLoginProfileCommand', 'CreateLoginProfileCommand'],
    ['client-scheduler', 'SchedulerClient', 'CreateScheduleCommand', 'GetScheduleCommand'],
  ],
  'lambdas/root-task/tasks/close-root-password-recovery.ts': [
    ...lane,
    ['client-iam', ...reads, ...deletions],
  ],
  'lambdas/organization-run/begin.ts': [locks, machines, ['client-ssm', 'SSMClient', 'GetParameterCommand']],
  'lambdas/organization-run/plan.ts': [
    dynamodb,
    ['client-s3', 'S3Client', 'PutObjectCommand'],
    [
      'client-organizations',
      'OrganizationsClient',
      'ListAccountsCommand',
      'ListAccountsForParentCommand',
      'ListOrganizationalUnitsForParentCommand',
    ],
  ],
  'lambdas/organization-run/collate.ts': [locks, ['client-s3', 'S3Client', 'PutObjectCommand']],
  'lambdas/refuse/index.ts': [dynamodb],
  'lambdas/give-up/index.ts': [locks],
  'lambdas/give-up/sweep.ts': [locks, machines, ['client-lambda', 'LambdaClient', 'InvokeCommand']],
  'lambdas/digest/index.ts': [dynamodb, ['client-s3', 'S3Client', 'PutObjectCommand']],
  'lambdas/announce/notify.ts': [
    [...dynamodb, 'UpdateItemCommand'],
    ['client-sns', 'SNSClient', 'PublishCommand', 'GetTopicAttributesCommand'],
  ],
  'lambdas/announce/publish.ts': [
    [...dynamodb, 'UpdateItemCommand'],
    ['client-eventbridge', 'EventBridgeClient', 'PutEventsCommand'],
  ],
};
