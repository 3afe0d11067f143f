import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { xml } from '../../wire/xml.ts';
import { addressedObjects, refuseUnknown } from './addressed-object.ts';
import { bucketArn } from './buckets.ts';

const parameters = ['list-type', 'prefix', 'max-keys', 'continuation-token', 'start-after'];

/** What is there now, by key, a thousand at a time. */
export function listObjectsV2(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => bucketArn(String(input.Bucket)),
    permissions(call) {
      const context = Object.fromEntries(
        ['prefix', 'max-keys'].flatMap((name) => {
          const value = call.input[name];
          return typeof value === 'string' ? [[`s3:${name}`, value]] : [];
        }),
      );
      return [addressedObjects(backstage, call).permission('s3:ListBucket', undefined, context)];
    },
    respond(call) {
      refuseUnknown(call, { headers: /^$/, parameters });
      const { bucket } = addressedObjects(backstage, call);
      const { prefix, after, size } = parse(call);
      const matching = bucket.versions
        .listed()
        .filter(
          ({ key }) => key.startsWith(prefix) && Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0,
        );
      const page = matching.slice(0, size);
      const isTruncated = matching.length > page.length;
      const body = xml({
        ListBucketResult: {
          '@xmlns': 'http://s3.amazonaws.com/doc/2006-03-01/',
          Name: bucket.name,
          Prefix: prefix,
          KeyCount: page.length,
          MaxKeys: size,
          IsTruncated: isTruncated,
          ...(isTruncated && {
            NextContinuationToken: Buffer.from(page.at(-1)?.key ?? '').toString('base64url'),
          }),
          Contents: page.map(({ key, modifiedAt, etag, body: { length } }) => ({
            Key: key,
            LastModified: new Date(modifiedAt).toISOString(),
            ETag: etag,
            Size: length,
            StorageClass: 'STANDARD',
          })),
        },
      });
      return { status: 200, headers: { 'content-type': 'application/xml' }, body };
    },
  };
}

function parse({ input }: Call) {
  const asked = input['max-keys'] ?? '1000';
  if (!/^\d+$/.test(String(asked))) {
    throw new AwsError(400, 'InvalidArgument', 'Provided max-keys not an integer or within integer range', {
      details: { ArgumentName: 'max-keys', ArgumentValue: String(asked) },
    });
  }
  const token = input['continuation-token'];
  return {
    prefix: String(input.prefix ?? ''),
    after:
      typeof token === 'string'
        ? Buffer.from(token, 'base64url').toString()
        : String(input['start-after'] ?? ''),
    size: Math.min(Number(asked), 1000),
  };
}
