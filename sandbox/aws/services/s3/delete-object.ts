import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { addressedObjects, keyOf, objectOperation, refuseUnknown, versionIdOf } from './addressed-object.ts';
import type { Version } from './object-versions.ts';
import { isHeld } from './retention.ts';

const known = { headers: /^x-amz-bypass-governance-retention$/, parameters: ['versionId'] };

/**
 * Without a version id: a delete marker, whatever is held. With one: that version, unless Object Lock holds it.
 * Source: Amazon S3 User Guide, "How S3 Object Lock works".
 */
export function deleteObject(backstage: Backstage): Operation {
  const { clock } = backstage;
  return {
    ...objectOperation,
    permissions(call) {
      const { bucket, permission } = addressedObjects(backstage, call);
      const versionId = versionIdOf(call);
      if (versionId === undefined) return [permission('s3:DeleteObject', keyOf(call))];
      const deletion = permission('s3:DeleteObjectVersion', keyOf(call), { 's3:VersionId': versionId });
      const version = bucket.versions.find(keyOf(call), versionId);
      const bypasses = version !== undefined && isHeld(version, clock.now()) && asksForBypass(call, version);
      return bypasses ? [deletion, permission('s3:BypassGovernanceRetention', keyOf(call))] : [deletion];
    },
    respond(call) {
      refuseUnknown(call, known);
      const { versions } = addressedObjects(backstage, call).bucket;
      const versionId = versionIdOf(call);
      if (versionId === undefined) return deleted(versions.markDeleted(keyOf(call), clock.now()));
      const version = versions.find(keyOf(call), versionId);
      if (version === undefined) return deleted(null);
      if (isHeld(version, clock.now()) && !asksForBypass(call, version)) {
        throw new AwsError(403, 'AccessDenied', 'Access Denied because object protected by object lock.');
      }
      versions.remove(version);
      return deleted(version);
    },
  };
}

/** Compliance mode gives way to nobody. */
function asksForBypass({ request }: Call, { content }: Version): boolean {
  return (
    content?.retention?.mode === 'GOVERNANCE' &&
    request.headers['x-amz-bypass-governance-retention']?.toLowerCase() === 'true'
  );
}

function deleted(version: Version | null) {
  return {
    status: 204,
    headers: {
      ...(version && { 'x-amz-version-id': version.versionId }),
      ...(version?.content === null && { 'x-amz-delete-marker': 'true' }),
    },
    body: '',
  };
}
