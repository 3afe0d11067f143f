import type { Target } from '../../../contract/target.ts';
import {
  deniedByServiceControlPolicy,
  isAccessDenied,
  messageOfError,
  nameOfError,
} from '../../aws-errors.ts';
import { noPolicy, policyStateOf } from '../../resource-policy.ts';
import { BucketPolicies, bucketExistence, regionOfOwnBucket } from '../adapters/bucket-policies.ts';
import type { RootSession } from '../adapters/root-sessions.ts';
import { failure } from '../failures.ts';
import { rootTaskHandler } from '../handler.ts';
import type { DeniedInSession, Failed, Inspected, RootTask } from '../root-task.ts';

const name = 'unlock-s3-bucket';

/**
 * Deletes the policy of a bucket whose administrators are all shut out. Root of the owner's account may read and
 * delete a bucket policy that denies it both (S3 API reference, PutBucketPolicy), and S3UnlockBucketPolicy leaves
 * root just that.
 */
export function unlockS3Bucket(region: string): RootTask<typeof name> {
  return {
    name,
    // S3 gives no bound for how late a deleted bucket policy may still show; seconds are what is seen.
    settleMilliseconds: 5_000,
    inspect: (session, target) => inspectBucket(session, target, region),
  };
}

async function inspectBucket(
  session: RootSession,
  target: Target,
  region: string,
): Promise<Inspected | Failed | DeniedInSession> {
  const found = await answered(target, 's3:ListAllMyBuckets', () =>
    regionOfOwnBucket(session, target.bucketName, region),
  );
  if (typeof found === 'object' && found !== null) return found;
  if (found === null) return notOwned(target, region);

  const policies = new BucketPolicies(session, target, found);
  const look = () =>
    answered(target, 's3:GetBucketPolicy', async () => {
      const text = await policies.read();
      try {
        return policyStateOf(text);
      } catch (error) {
        if (error instanceof SyntaxError) return failed('policy-unreadable', target);
        throw error;
      }
    });
  const before = await look();
  if ('kind' in before) return before;
  const change = () =>
    answered(target, 's3:DeleteBucketPolicy', async () => {
      await policies.delete();
      return 'sent' as const;
    });
  return { kind: 'inspected', before, intended: noPolicy, look, change };
}

function failed(code: Parameters<typeof failure>[0], target: Target, detail?: string): Failed {
  return { kind: 'failed', ending: failure(code, name, target, detail) };
}

async function notOwned(target: Target, region: string): Promise<Failed> {
  const existence = await bucketExistence(target, region);
  switch (existence) {
    case 'none':
      return failed('no-such-bucket', target);
    case 'somewhere':
      return failed('bucket-of-another-account', target);
    case 'unknown':
      return failed('bucket-not-found', target);
    default:
      return existence satisfies never;
  }
}

/** Turns the "no" of a call into an answer; everything else is thrown and tried again. */
async function answered<T>(
  target: Target,
  action: string,
  call: () => Promise<T>,
): Promise<T | Failed | DeniedInSession> {
  try {
    return await call();
  } catch (error) {
    if (deniedByServiceControlPolicy(error)) return failed('denied-by-scp', target, messageOfError(error));
    if (isAccessDenied(error)) return { kind: 'denied-in-session', action, message: messageOfError(error) };
    if (nameOfError(error) === 'NoSuchBucket') return failed('no-such-bucket', target);
    throw error;
  }
}

export const handler = rootTaskHandler(unlockS3Bucket);
