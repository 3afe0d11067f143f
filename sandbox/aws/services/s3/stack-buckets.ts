import type { DeployedBucket, StoredObject } from '../../../parts.ts';
import type { Bucket } from './buckets.ts';
import { createObjectVersions, type ObjectVersions } from './object-versions.ts';

/** A bucket of the stack: only these keep objects, those of member accounts have a policy and no more. */
export interface StackBucket extends Bucket {
  readonly deployed: DeployedBucket;
  readonly versions: ObjectVersions;
}

export function createStackBuckets(buckets: readonly DeployedBucket[]): StackBucket[] {
  return buckets.map((deployed) => ({
    name: deployed.name,
    region: deployed.region,
    policy: deployed.policy,
    deployed,
    versions: createObjectVersions(deployed.versioned),
  }));
}

/** What is there now, bucket by bucket, by key. */
export function storedObjects(buckets: readonly StackBucket[]): StoredObject[] {
  return buckets.flatMap(({ name, versions }) =>
    versions.listed().map(({ key, contentType, body }) => ({
      bucket: name,
      key,
      contentType,
      body: body.toString(),
    })),
  );
}
