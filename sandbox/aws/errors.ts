/** An error that AWS would answer: each service's wire format writes it in its own way. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly status: number;
  readonly code: string;
  /** Further elements of the body, such as S3's `BucketName`. */
  readonly details: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    more: { details?: Readonly<Record<string, string>>; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = more.details ?? {};
    this.headers = more.headers ?? {};
  }
}

/** What the sandbox does not model is said, in the caller's wire format, and never passed over. */
export function notModelled(what: string): AwsError {
  return new AwsError(501, 'NotImplemented', `the sandbox does not model ${what}`);
}

/** The sandbox itself could not decide or answer: neither an allow nor a deny. */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
}
