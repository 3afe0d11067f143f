import type { PolicyDocument } from '../parts.ts';
import type { Permission } from './operation.ts';
import type { Principal } from './principals.ts';

/**
 * What the root principal of the owner's account may do whatever the resource's own policy says.
 *
 * S3: "The root principal in a bucket owner's AWS account can perform the GetBucketPolicy, PutBucketPolicy, and
 * DeleteBucketPolicy API actions, even if their bucket policy explicitly denies the root principal's access."
 * SQS: IAM User Guide, "Perform a privileged task on an AWS Organizations member account", names ListQueues,
 * GetQueueUrl, GetQueueAttributes and SetQueueAttributes as the calls that view and delete a queue policy which denies
 * all principals. ListQueues has no queue whose policy could stand in its way.
 */
const ofOwnersRoot =
  /^(?:s3:(?:get|put|delete)bucketpolicy|sqs:(?:get|set)queueattributes|sqs:getqueueurl)$/i;

/** SQS Developer Guide: actions to which cross-account permissions do not apply. */
const ofOwnersAccount =
  /^sqs:(?:addpermission|cancelmessagemovetask|createqueue|deletequeue|listmessagemovetasks|listqueues|listqueuetags|removepermission|setqueueattributes|startmessagemovetask|tagqueue|untagqueue)$/i;

/** The resource's policy, as far as it counts for this principal and action. */
export function policyThatCounts(
  principal: Principal,
  { action, resource }: Permission,
): PolicyDocument | null {
  const isOwnersRoot = principal.principalArn.endsWith(`:iam::${resource.accountId}:root`);
  if (isOwnersRoot && ofOwnersRoot.test(action)) return null;
  if (principal.accountId !== resource.accountId && ofOwnersAccount.test(action)) return null;
  return resource.policy;
}
