import type { OrganizationFeature } from '../../contract/root-tasks.ts';
import type { PolicyDocument } from '../parts.ts';
import auditRootUserCredentials from './task-policies/IAMAuditRootUserCredentials.json' with { type: 'json' };
import createRootUserPassword from './task-policies/IAMCreateRootUserPassword.json' with { type: 'json' };
import deleteRootUserCredentials from './task-policies/IAMDeleteRootUserCredentials.json' with {
  type: 'json',
};
import s3UnlockBucketPolicy from './task-policies/S3UnlockBucketPolicy.json' with { type: 'json' };
import sqsUnlockQueuePolicy from './task-policies/SQSUnlockQueuePolicy.json' with { type: 'json' };

export interface TaskPolicy {
  readonly arn: string;
  readonly document: PolicyDocument;
  readonly feature: OrganizationFeature;
}

/** AWS's own five task policies, version v1, as AWS publishes them. */
const taskPolicies: readonly TaskPolicy[] = [
  row('S3UnlockBucketPolicy', s3UnlockBucketPolicy, 'RootSessions'),
  row('SQSUnlockQueuePolicy', sqsUnlockQueuePolicy, 'RootSessions'),
  row('IAMAuditRootUserCredentials', auditRootUserCredentials, 'RootCredentialsManagement'),
  row('IAMCreateRootUserPassword', createRootUserPassword, 'RootCredentialsManagement'),
  row('IAMDeleteRootUserCredentials', deleteRootUserCredentials, 'RootCredentialsManagement'),
];

function row(name: string, document: PolicyDocument, feature: OrganizationFeature): TaskPolicy {
  return { arn: `arn:aws:iam::aws:policy/root-task/${name}`, document, feature };
}

export function findTaskPolicy(arn: string): TaskPolicy | undefined {
  return taskPolicies.find((policy) => policy.arn === arn);
}
