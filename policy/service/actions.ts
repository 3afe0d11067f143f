import type { Patterns, Service } from '../language.ts';

const named = (service: Service, names: string): readonly string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${service}:${name}`);

/** The actions on a bucket itself. */
export const bucketActions = named(
  's3',
  `
  AllowVendedLogDeliveryForResource CreateBucket CreateBucketMetadataTableConfiguration DeleteBucket
  DeleteBucketMetadataTableConfiguration DeleteBucketPolicy DeleteBucketWebsite
  GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketAcl GetBucketCORS
  GetBucketLocation GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification
  GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus
  GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning
  GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration
  GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration
  GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions
  ListTagsForResource PauseReplication PutAccelerateConfiguration PutAnalyticsConfiguration
  PutBucketAbac PutBucketAcl PutBucketCORS PutBucketLogging PutBucketNotification
  PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
  PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
  PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration
  PutLifecycleConfiguration PutMetricsConfiguration PutReplicationConfiguration TagResource
  UntagResource UpdateBucketMetadataAnnotationTableConfiguration
  UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration
`,
);

/** The actions on objects. */
export const objectActions = named(
  's3',
  `
  AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectAnnotation DeleteObjectTagging
  DeleteObjectVersion DeleteObjectVersionAnnotation DeleteObjectVersionTagging GetObject GetObjectAcl
  GetObjectAnnotation GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging
  GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAnnotation
  GetObjectVersionAnnotationForReplication GetObjectVersionAttributes GetObjectVersionForReplication
  GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication ListMultipartUploadParts
  ListObjectAnnotations ListObjectVersionAnnotations ObjectOwnerOverrideToBucketOwner PutObject
  PutObjectAcl PutObjectAnnotation PutObjectLegalHold PutObjectRetention PutObjectTagging
  PutObjectVersionAcl PutObjectVersionAnnotation PutObjectVersionTagging ReplicateDelete ReplicateObject
  ReplicateObjectAnnotation ReplicateTags RestoreObject UpdateObjectEncryption
`,
);

/** The actions on a queue; without CreateQueue and ListQueues, which SQS takes in no queue policy. */
export const queueActions = named(
  'sqs',
  `
  AddPermission CancelMessageMoveTask ChangeMessageVisibility DeleteMessage DeleteQueue
  GetQueueAttributes GetQueueUrl ListDeadLetterSourceQueues ListMessageMoveTasks ListQueueTags
  PurgeQueue ReceiveMessage RemovePermission SendMessage SetQueueAttributes StartMessageMoveTask
  TagQueue UntagQueue
`,
);

/** Nothing but the bucket itself: neither a path nor anything that may stand for one. */
const bucketOnly = /^[^/*?$]+$/;

/**
 * The actions that a statement can be about, as far as they are known today: those that the Service Authorization
 * Reference lists for buckets and objects, or for queues. Actions on access points, jobs and the like are decided
 * without the bucket's policy. S3 refuses a statement that names an action on objects and no resource that may be one
 * ("Action does not apply to any resource(s) in statement"), so where only buckets are named there are only theirs.
 */
export function actionsOn(service: Service, resources: Patterns): readonly string[] {
  switch (service) {
    case 'sqs':
      return queueActions;
    case 's3':
      return !resources.not && resources.patterns.every((pattern) => bucketOnly.test(pattern))
        ? bucketActions
        : [...bucketActions, ...objectActions];
    default:
      return service satisfies never;
  }
}
