import { AwsError } from '../../errors.ts';
import { type Backstage, type Call, type Operation, plainResource } from '../../operation.ts';
import { findAccount } from '../../organization.ts';
import { xml } from '../../wire/xml.ts';

/** The caller's own account's buckets, by name, with the paging that accounts of many buckets demand. */
export function listBuckets({ organization, deployment, stackBuckets }: Backstage): Operation {
  return {
    resource: () => '*',
    permissions: ({ principal }) => [
      { action: 's3:ListAllMyBuckets', resource: plainResource('*', principal.accountId) },
    ],
    respond(call) {
      const { prefix, region, after, size } = parse(call);
      const { accountId } = call.principal;
      const ofStack = accountId === deployment.accountId ? stackBuckets : [];
      const matching = [...(findAccount(organization, accountId)?.buckets ?? []), ...ofStack]
        .filter(
          (bucket) => bucket.name.startsWith(prefix ?? '') && bucket.region === (region ?? bucket.region),
        )
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .filter((bucket) => bucket.name > after);
      const page = matching.slice(0, size);
      const last = page.at(-1);
      const body = xml({
        ListAllMyBucketsResult: {
          '@xmlns': 'http://s3.amazonaws.com/doc/2006-03-01/',
          Owner: { ID: call.principal.accountId },
          Buckets: {
            Bucket: page.map((bucket) => ({
              ...(tellsRegion(call) && { BucketRegion: bucket.region }),
              CreationDate: '2024-01-01T00:00:00.000Z',
              Name: bucket.name,
            })),
          },
          ...(prefix !== undefined && { Prefix: prefix }),
          ...(matching.length > page.length &&
            last !== undefined && { ContinuationToken: tokenOf(last.name) }),
        },
      });
      return { status: 200, headers: { 'content-type': 'application/xml' }, body };
    },
  };
}

/** "If the request contains at least one valid parameter, it is included." Source: S3 API Reference, Bucket. */
function tellsRegion({ input }: Call): boolean {
  return ['max-buckets', 'prefix', 'bucket-region', 'continuation-token'].some((name) => name in input);
}

function parse({ input, region }: Call) {
  const maximum = text(input['max-buckets']) ?? '10000';
  if (!/^\d+$/.test(maximum) || Number(maximum) < 1 || Number(maximum) > 10_000) {
    throw new AwsError(
      400,
      'InvalidArgument',
      'Argument max-buckets must be an integer between 1 and 10000',
      {
        details: { ArgumentName: 'max-buckets', ArgumentValue: maximum },
      },
    );
  }
  const bucketRegion = text(input['bucket-region']);
  if (bucketRegion !== undefined && bucketRegion !== region) {
    throw new AwsError(400, 'InvalidArgument', `Argument value ${bucketRegion} is not a valid AWS Region`, {
      details: { ArgumentName: 'bucket-region', ArgumentValue: bucketRegion },
    });
  }
  const token = text(input['continuation-token']);
  return {
    prefix: text(input.prefix),
    region: bucketRegion,
    after: token === undefined ? '' : Buffer.from(token, 'base64url').toString(),
    size: Number(maximum),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function tokenOf(name: string): string {
  return Buffer.from(name).toString('base64url');
}
