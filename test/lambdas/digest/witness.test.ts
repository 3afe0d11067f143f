import { S3Client } from '@aws-sdk/client-s3';
import { canonicalJson } from '../../../contract/canonical-json.ts';
import { trailDigest } from '../../../contract/trail-digest.ts';
import { DigestBucket } from '../../../lambdas/digest/digest-bucket.ts';
import { witness } from '../../../lambdas/digest/witness.ts';
import { logger } from '../../../lambdas/logger.ts';
import { answering, awsError } from '../given/sent.ts';

const clock = { now: () => new Date('2026-11-21T00:10:00.000Z'), sleep: async () => {} };
const hasTime = () => true;
const trail = { list: async () => [], get: async () => null };
const bucket = () =>
  new DigestBucket(
    new S3Client({ region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } }),
    'digests',
  );

beforeEach(() => {
  jest.spyOn(logger, 'info').mockImplementation(() => {});
  jest.spyOn(logger, 'error').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

const keysOf = (sent: readonly { input: unknown }[]) =>
  sent.map(({ input }) => Reflect.get(input as object, 'Key'));

it('writes yesterday and the two days before it, each where there is none yet', async () => {
  const sent = answering(S3Client, () => ({}));
  await witness({ clock, trail, bucket: bucket(), hasTime });
  expect(keysOf(sent)).toEqual(['heads/2026/11/20.json', 'heads/2026/11/19.json', 'heads/2026/11/18.json']);
  for (const { command, input } of sent) {
    expect(command).toBe('PutObjectCommand');
    expect(input).toMatchObject({
      Bucket: 'digests',
      IfNoneMatch: '*',
      ContentType: 'application/json',
      ChecksumAlgorithm: 'SHA256',
    });
    const body = String(Reflect.get(input as object, 'Body'));
    expect(canonicalJson(trailDigest.parse(JSON.parse(body)))).toBe(body);
  }
});

it('leaves a digest that is there as it is', async () => {
  answering(S3Client, () => {
    throw awsError('PreconditionFailed', 'At least one of the pre-conditions did not hold', 412);
  });
  await witness({ clock, trail, bucket: bucket(), hasTime });
  expect(logger.error).not.toHaveBeenCalled();
});

it('tries every day, and throws at the end with the days that failed', async () => {
  const sent = answering(S3Client, (_, input) => {
    if (Reflect.get(input as object, 'Key') === 'heads/2026/11/20.json') throw awsError('AccessDenied');
    return {};
  });
  await expect(witness({ clock, trail, bucket: bucket(), hasTime })).rejects.toThrow(
    'no digest could be written for 2026-11-20',
  );
  expect(sent).toHaveLength(3);
});

it('does not take a conflict for a digest that is there', async () => {
  answering(S3Client, () => {
    throw awsError('ConditionalRequestConflict', 'busy', 409);
  });
  await expect(witness({ clock, trail, bucket: bucket(), hasTime })).rejects.toThrow('no digest');
});

it('lets no day that is too large, or cannot be listed, keep the others from their digests', async () => {
  const sent = answering(S3Client, () => ({}));
  const listed = (index: number) => ({ requestId: `r${index}`, sequence: 1, at: '', kind: 'ended' });
  const flooded = {
    ...trail,
    list: async (since: Date) => {
      const day = since.getUTCDate();
      if (day === 18) throw new Error('ThrottlingException');
      return Array.from({ length: day === 20 ? 2000 : 3 }, (_, index) => listed(index));
    },
  };
  let times = 3;
  await expect(
    witness({ clock, trail: flooded, bucket: bucket(), hasTime: () => times-- > 0 }),
  ).rejects.toThrow('no digest could be written for 2026-11-18, 2026-11-20');
  expect(keysOf(sent)).toEqual(['heads/2026/11/19.json']);
  expect(logger.error).toHaveBeenCalledWith('the digest of a day could not be written', {
    day: '2026-11-20',
    error: expect.objectContaining({ name: 'TooLargeError' }),
  });
});
