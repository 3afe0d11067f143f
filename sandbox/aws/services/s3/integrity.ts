import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError, notModelled } from '../../errors.ts';
import type { SentBody } from './chunked-body.ts';

/** PutBucketPolicy must come with Content-MD5 or a checksum of its body, and they must be right. */
export function checkIntegrity(sent: SentBody): void {
  if (checkDigests(sent).any) return;
  throw new AwsError(
    400,
    'InvalidRequest',
    'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
  );
}

/** Whatever digests came with a body must be right; says whether any did. */
export function checkDigests({ headers, body }: SentBody): { readonly any: boolean } {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== digest('md5', body)) {
    throw new AwsError(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const checksums = Object.entries(headers).filter(([name]) =>
    /^x-amz-checksum-(?!algorithm|type)/.test(name),
  );
  for (const [name, given] of checksums) {
    const algorithm = name.replace('x-amz-checksum-', '');
    if (given === digest(algorithm, body)) continue;
    throw new AwsError(
      400,
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
  return { any: md5 !== undefined || checksums.length > 0 };
}

function digest(algorithm: string, body: Buffer): string {
  switch (algorithm) {
    case 'md5':
    case 'sha1':
    case 'sha256':
      return createHash(algorithm).update(body).digest('base64');
    case 'crc32': {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc32(body));
      return bytes.toString('base64');
    }
    default:
      throw notModelled(`checksums of the kind ${algorithm}`);
  }
}
