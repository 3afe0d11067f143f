import { inspect } from 'node:util';

export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/**
 * Temporary credentials that cannot be printed, logged or serialised: they are private to this object, and every way
 * of making text of it gives the same harmless words. SDK clients get them through `provider`.
 */
export class SealedCredentials {
  readonly #credentials: TemporaryCredentials;

  constructor(credentials: TemporaryCredentials) {
    this.#credentials = credentials;
  }

  /** Not a secret: it is the join between the trail and CloudTrail in both accounts. */
  get accessKeyId(): string {
    return this.#credentials.accessKeyId;
  }

  get expiration(): Date {
    return this.#credentials.expiration;
  }

  /** What an SDK client takes as `credentials`. */
  readonly provider = async (): Promise<TemporaryCredentials> => this.#credentials;

  toString(): string {
    return '[sealed credentials]';
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
