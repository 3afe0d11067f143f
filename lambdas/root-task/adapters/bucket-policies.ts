import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { BucketTarget } from '../../../contract/target.ts';
import { clientDefaults } from '../../aws-clients.ts';
import { nameOfError } from '../../aws-errors.ts';
import type { RootSession } from './root-sessions.ts';

/** The S3 calls of one bucket in one root session; every call names the owner that is expected. */
export class BucketPolicies {
  readonly #bucket: { readonly Bucket: string; readonly ExpectedBucketOwner: string };
  readonly #reads: S3Client;
  readonly #writes: S3Client;

  constructor(session: RootSession, target: BucketTarget, region: string) {
    const options = { ...clientDefaults, region, credentials: session.credentials.provider };
    this.#bucket = { Bucket: target.bucketName, ExpectedBucketOwner: target.accountId };
    this.#reads = session.clients.keep(new S3Client(options));
    // The SDK must not repeat a change whose answer was lost: by then the owner may have put another policy.
    this.#writes = session.clients.keep(new S3Client({ ...options, maxAttempts: 1 }));
  }

  /** The policy as S3 words it; null when there is none (NoSuchBucketPolicy). */
  async read(): Promise<string | null> {
    try {
      const { Policy } = await this.#reads.send(new GetBucketPolicyCommand(this.#bucket));
      if (Policy === undefined) throw new Error('S3 answered GetBucketPolicy without a policy');
      return Policy;
    } catch (error) {
      if (nameOfError(error) === 'NoSuchBucketPolicy') return null;
      throw error;
    }
  }

  /** Answers 204 whether or not there was a policy, so that only reading back tells. */
  async delete(): Promise<void> {
    await this.#writes.send(new DeleteBucketPolicyCommand(this.#bucket));
  }

  /**
   * Puts a policy in the place of what is there. Nothing confirms that it may shut its own writer out: whoever asks for
   * this has made sure that it does not. Source: S3 API reference, PutBucketPolicy, ConfirmRemoveSelfBucketAccess.
   */
  async put(policy: string): Promise<void> {
    await this.#writes.send(new PutBucketPolicyCommand({ ...this.#bucket, Policy: policy }));
  }
}

/**
 * The Region of a bucket that the session's account owns; null when it owns none of that name. ListBuckets answers
 * the Region of each bucket and only those of the caller's account, so it also proves ownership. It takes no expected
 * owner: names are compared exactly, over all pages.
 */
export async function regionOfOwnBucket(
  session: RootSession,
  bucketName: string,
  region: string,
): Promise<string | null> {
  const credentials = session.credentials.provider;
  const s3 = session.clients.keep(new S3Client({ ...clientDefaults, region, credentials }));
  let token: string | undefined;
  do {
    const page = await s3.send(
      new ListBucketsCommand({ Prefix: bucketName, MaxBuckets: 1000, ContinuationToken: token }),
    );
    const bucket = page.Buckets?.find(({ Name }) => Name === bucketName);
    if (bucket !== undefined) {
      if (bucket.BucketRegion === undefined)
        throw new Error(`S3 did not say in which Region ${bucketName} is`);
      return bucket.BucketRegion;
    }
    token = page.ContinuationToken;
  } while (token !== undefined);
  return null;
}

/**
 * Whether a bucket of that name exists anywhere, asked with the function's own credentials, which may do nothing with
 * it: S3 answers 404 for a name that nobody holds, and a denial or a redirect for somebody's bucket. A bad request is
 * a redirect only where it names the bucket's Region.
 */
export async function bucketExistence(
  { bucketName, accountId }: BucketTarget,
  region: string,
): Promise<'none' | 'somewhere' | 'unknown'> {
  const s3 = new S3Client({ ...clientDefaults, region });
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucketName, ExpectedBucketOwner: accountId }));
    return 'somewhere';
  } catch (error) {
    const status = fieldOf(fieldOf(error, '$metadata'), 'httpStatusCode');
    if (status === 404) return 'none';
    if (status === 403 || status === 301) return 'somewhere';
    const elsewhere = fieldOf(fieldOf(fieldOf(error, '$response'), 'headers'), 'x-amz-bucket-region');
    return status === 400 && elsewhere !== undefined ? 'somewhere' : 'unknown';
  } finally {
    s3.destroy();
  }
}

function fieldOf(value: unknown, key: string): unknown {
  return Reflect.get(Object(value), key);
}
