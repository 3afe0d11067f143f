import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { clientDefaults } from '../../aws-clients.ts';

/** The bucket of runs: the lists of accounts that they visit, and their reports. */
export class RunStore {
  readonly bucket: string;
  readonly #s3: S3Client;

  constructor(region: string, bucket: string) {
    this.bucket = bucket;
    this.#s3 = new S3Client({
      ...clientDefaults,
      region,
      maxAttempts: 5,
      // A report of ten thousand accounts is megabytes.
      requestHandler: { ...clientDefaults.requestHandler, requestTimeout: 60_000 },
    });
  }

  async put(key: string, body: string, contentType: string): Promise<void> {
    await this.#s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body, ContentType: contentType }),
    );
  }
}
