import { notAuthorized } from '../../denial.ts';
import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import {
  addressedObjects,
  keyOf,
  objectOperation,
  onKeyOf,
  refuseUnknown,
  versionIdOf,
} from './addressed-object.ts';
import type { ObjectContent, Version } from './object-versions.ts';
import { answerHeaders } from './put-object.ts';
import { retentionHeaders } from './retention.ts';

const known = { headers: /^x-amz-checksum-mode$/, parameters: ['versionId'] };

/** GetObject; and HeadObject, whose answer loses its body on the way. */
export function getObject(backstage: Backstage): Operation {
  return {
    ...objectOperation,
    permissions(call) {
      const { bucket, permission } = addressedObjects(backstage, call);
      const versionId = versionIdOf(call);
      return [
        versionId === undefined
          ? permission('s3:GetObject', keyOf(call))
          : permission('s3:GetObjectVersion', keyOf(call), { 's3:VersionId': versionId }),
        ...onKeyOf(backstage, call, bucket, 'kms:Decrypt'),
      ];
    },
    async respond(call) {
      refuseUnknown(call, known);
      const { bucket } = addressedObjects(backstage, call);
      const { versionId, modifiedAt, content } = await existing(backstage, call);
      const checksums = call.request.headers['x-amz-checksum-mode'] === 'ENABLED';
      return {
        status: 200,
        headers: {
          'content-type': content.contentType,
          etag: content.etag,
          'last-modified': new Date(modifiedAt).toUTCString(),
          ...Object.fromEntries(
            Object.entries(content.headers).filter(
              ([name]) => checksums || !name.startsWith('x-amz-checksum-'),
            ),
          ),
          ...answerHeaders(bucket, versionId),
          ...(await lockHeaders(backstage, call, content)),
        },
        body: content.body,
      };
    },
  };
}

async function existing(backstage: Backstage, call: Call): Promise<Version & { content: ObjectContent }> {
  const { bucket } = addressedObjects(backstage, call);
  const versionId = versionIdOf(call);
  const found = bucket.versions.find(keyOf(call), versionId);
  if (found !== undefined && found.content !== null) return { ...found, content: found.content };
  await refuseWhoMayNotList(backstage, call);
  const headers = { ...(found && { 'x-amz-delete-marker': 'true', 'x-amz-version-id': found.versionId }) };
  if (found !== undefined && versionId !== undefined) {
    throw new AwsError(
      405,
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      {
        headers,
      },
    );
  }
  throw versionId === undefined
    ? new AwsError(404, 'NoSuchKey', 'The specified key does not exist.', {
        details: { Key: keyOf(call) },
        headers,
      })
    : new AwsError(404, 'NoSuchVersion', 'The specified version does not exist.', {
        details: { Key: keyOf(call), VersionId: versionId },
      });
}

/** Who may not list a bucket is not told either what is not in it. */
async function refuseWhoMayNotList(backstage: Backstage, call: Call): Promise<void> {
  const permission = addressedObjects(backstage, call).permission('s3:ListBucket');
  const { allowed, reason } = await backstage.authorizer.decide(call.principal, permission, call.region);
  if (allowed) return;
  const { action, resource, refusal } = permission;
  const message = `${notAuthorized(call.principal.arn, action, resource.arn)} ${reason}`;
  throw refusal?.(message) ?? new AwsError(403, 'AccessDenied', message);
}

async function lockHeaders(backstage: Backstage, call: Call, { retention }: ObjectContent) {
  if (retention === null) return {};
  const permission = addressedObjects(backstage, call).permission('s3:GetObjectRetention', keyOf(call));
  const { allowed } = await backstage.authorizer.decide(call.principal, permission, call.region);
  return allowed ? retentionHeaders(retention) : {};
}
