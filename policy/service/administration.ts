import type { Service } from '../language.ts';

/**
 * The actions with which a resource policy is read, written and removed, as AWS writes them (Service Authorization
 * Reference, "Actions, resources, and condition keys for Amazon S3" and "for Amazon SQS").
 */
export const administrativeActions: Readonly<Record<Service, readonly string[]>> = {
  s3: ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
  sqs: ['sqs:SetQueueAttributes', 'sqs:GetQueueAttributes', 'sqs:AddPermission', 'sqs:RemovePermission'],
};

/** Those of them with any one of which a policy that shuts people out can be corrected. */
export const correctingActions: Readonly<Record<Service, readonly string[]>> = {
  s3: ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'],
  sqs: ['sqs:SetQueueAttributes'],
};
