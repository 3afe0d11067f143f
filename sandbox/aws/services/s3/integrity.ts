import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AwsError } from '../../errors.ts';
import type { HttpRequest } from '../../http-request.ts';

/** PutBucketPolicy must come with Content-MD5 or a checksum of its body, and they must be right. */
export function checkIntegrity({ headers, body }: HttpRequest): void {
  const md5 = headers['content-md5'];
  const checksum = Object.keys(headers).find((name) => /^x-amz-checksum-(?!algorithm|type)/.test(name));
  if (md5 === undefined && checksum === undefined) {
    throw new AwsError(
      400,
      'InvalidRequest',
      'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    );
  }
  if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
    throw new AwsError(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  const given = headers['x-amz-checksum-crc32'];
  if (given !== undefined && given !== crc32Base64(body)) {
    throw new AwsError(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
  }
}

function crc32Base64(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
