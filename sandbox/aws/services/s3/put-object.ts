import { createHash } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { addressedObjects, keyOf, objectOperation, onKeyOf, refuseUnknown } from './addressed-object.ts';
import { type SentBody, sentBody } from './chunked-body.ts';
import { checkDigests } from './integrity.ts';
import { retentionFrom } from './retention.ts';
import type { StackBucket } from './stack-buckets.ts';

const known = {
  headers:
    /^(?:if-none-match|x-amz-server-side-encryption|x-amz-checksum-.+|x-amz-meta-.+|x-amz-trailer|x-amz-decoded-content-length)$/,
  parameters: [],
};

export function putObject(backstage: Backstage): Operation {
  return {
    ...objectOperation,
    permissions(call) {
      const { bucket, permission } = addressedObjects(backstage, call);
      return [
        permission('s3:PutObject', keyOf(call), conditionKeys(call)),
        ...onKeyOf(backstage, call, bucket, 'kms:GenerateDataKey'),
      ];
    },
    respond(call) {
      refuseUnknown(call, known);
      const { bucket } = addressedObjects(backstage, call);
      refuseOverwriting(bucket, call);
      const sent = sentBody(call.request);
      checkDigest(bucket, sent);
      const now = backstage.clock.now();
      const etag = `"${createHash('md5').update(sent.body).digest('hex')}"`;
      const { versionId } = bucket.versions.put(
        keyOf(call),
        {
          body: sent.body,
          etag,
          contentType: sent.headers['content-type'] ?? 'binary/octet-stream',
          headers: keptHeaders(sent),
          retention: retentionFrom(bucket.deployed, now),
        },
        now,
      );
      return {
        status: 200,
        headers: { etag, ...answerHeaders(bucket, versionId), ...checksumsOf(sent) },
        body: '',
      };
    },
  };
}

/** What every answer about one version of an object says. */
export function answerHeaders({ deployed }: StackBucket, versionId: string): Record<string, string> {
  return {
    'x-amz-server-side-encryption': deployed.encryption,
    ...(deployed.versioned && { 'x-amz-version-id': versionId }),
  };
}

function conditionKeys({ request: { headers } }: Call): Record<string, string> {
  const names = ['if-none-match', 'x-amz-server-side-encryption'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return value === undefined ? [] : [[`s3:${name}`, value]];
    }),
  );
}

/** Source: Amazon S3 User Guide, "How to prevent object overwrites with conditional writes". */
function refuseOverwriting({ versions }: StackBucket, call: Call): void {
  const condition = call.request.headers['if-none-match'];
  if (condition === undefined) return;
  if (condition !== '*') {
    throw new AwsError(
      501,
      'NotImplemented',
      'A header you provided implies functionality that is not implemented',
      { details: { Header: 'If-None-Match' } },
    );
  }
  const current = versions.find(keyOf(call));
  if (current === undefined || current.content === null) return;
  throw new AwsError(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    { details: { Condition: 'If-None-Match' } },
  );
}

function checkDigest({ deployed }: StackBucket, sent: SentBody): void {
  const { any } = checkDigests(sent);
  if (any || deployed.defaultRetention === null) return;
  throw new AwsError(
    400,
    'InvalidRequest',
    'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
  );
}

function checksumsOf({ headers }: SentBody): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => /^x-amz-checksum-(?!algorithm|type)/.test(name)),
  );
}

function keptHeaders(sent: SentBody): Record<string, string> {
  const { 'content-encoding': encoding = '' } = sent.headers;
  const own = encoding
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== 'aws-chunked' && one !== '');
  return {
    ...Object.fromEntries(Object.entries(sent.headers).filter(([name]) => name.startsWith('x-amz-meta-'))),
    ...(own.length > 0 && { 'content-encoding': own.join(',') }),
    ...checksumsOf(sent),
  };
}
