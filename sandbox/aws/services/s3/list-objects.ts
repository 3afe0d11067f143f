import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { xml } from '../../wire/xml.ts';
import { addressedObjects, refuseUnknown } from './addressed-object.ts';
import { bucketArn } from './buckets.ts';

const parameters = ['list-type', 'prefix', 'max-keys', 'continuation-token', 'start-after', 'encoding-type'];

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
      const { prefix, after, size, encoding } = parse(call);
      const written = encoding === undefined ? (key: string) => key : urlEncoded;
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
          Prefix: written(prefix),
          ...(encoding !== undefined && { EncodingType: encoding }),
          KeyCount: page.length,
          MaxKeys: size,
          IsTruncated: isTruncated,
          ...(isTruncated && {
            NextContinuationToken: Buffer.from(page.at(-1)?.key ?? '').toString('base64url'),
          }),
          Contents: page.map(({ key, modifiedAt, etag, body: { length } }) => ({
            Key: written(key),
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

/** Keys as a form encodes them, their slashes left: XML cannot hold every character of a key. */
function urlEncoded(key: string): string {
  return new URLSearchParams([['', key]]).toString().slice(1).replaceAll('%2F', '/');
}

function parse({ input }: Call) {
  const asked = input['max-keys'] ?? '1000';
  if (!/^\d+$/.test(String(asked))) {
    throw new AwsError(400, 'InvalidArgument', 'Provided max-keys not an integer or within integer range', {
      details: { ArgumentName: 'max-keys', ArgumentValue: String(asked) },
    });
  }
  const encoding = input['encoding-type'];
  if (encoding !== undefined && encoding !== 'url') {
    throw new AwsError(400, 'InvalidArgument', 'Invalid Encoding Method specified in Request', {
      details: { ArgumentName: 'encoding-type', ArgumentValue: String(encoding) },
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
    encoding,
  };
}
