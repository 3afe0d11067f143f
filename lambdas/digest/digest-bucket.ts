import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { canonicalJson } from '../../contract/canonical-json.ts';
import { digestKey, type TrailDigest } from '../../contract/trail-digest.ts';
import { nameOfError } from '../aws-errors.ts';

/** Where digests are kept, each for as long as the bucket's Object Lock says. */
export class DigestBucket {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  /** Stores a digest where its day has none. Answers whether it did: the first digest of a day is the one that counts. */
  async put(digest: TrailDigest): Promise<boolean> {
    try {
      await this.#client.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: digestKey(digest.day),
          Body: canonicalJson(digest),
          ContentType: 'application/json',
          // A bucket with Object Lock demands one. Source: Amazon S3 User Guide, "Considerations for using Object Lock".
          ChecksumAlgorithm: 'SHA256',
          IfNoneMatch: '*',
        }),
      );
      return true;
    } catch (error) {
      if (nameOfError(error) === 'PreconditionFailed') return false;
      throw error;
    }
  }
}
