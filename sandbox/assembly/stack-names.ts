import { createHash } from 'node:crypto';

/** Where a stack is deployed: what its pseudo parameters stand for. */
export interface StackPlace {
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly stackName: string;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** A name such as CloudFormation makes up: `<stack>-<logical id>-<12 characters>`, the same at every reading. */
export function generatedName(place: StackPlace, logicalId: string, maximumLength: number): string {
  const suffix = digest(`${place.stackName}/${logicalId}`).slice(0, 12).toUpperCase();
  const head = `${place.stackName}-${logicalId}`.slice(0, maximumLength - suffix.length - 1);
  return `${head}-${suffix}`;
}

/** A parameter's name begins with `CFN` where others begin with the stack's. */
export function generatedParameterName(place: StackPlace, logicalId: string): string {
  return `CFN${generatedName(place, logicalId, 1011).slice(place.stackName.length)}`;
}

/** Buckets take lower case only, and 63 characters at most. */
export function generatedBucketName(place: StackPlace, logicalId: string): string {
  return generatedName(place, logicalId, 63).toLowerCase();
}

/** An id in the form of a UUID, as KMS gives its keys; the same at every reading. */
export function generatedUuid(place: StackPlace, logicalId: string): string {
  const hex = digest(`${place.accountId}/${place.stackName}/${logicalId}`);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}

export function urlSuffix(partition: string): string {
  return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
}
