/** What a request carries: condition keys in lower case, each with its values (most keys have exactly one). Absent keys are not in it. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** All that a condition wants of a context. */
export type Lookup = Pick<Context, 'get'>;

/** Who calls. */
export interface Caller {
  readonly kind: 'user' | 'session' | 'root' | 'service' | 'anonymous';
  /** Empty for a service and for an anonymous caller. */
  readonly accountId: string;
  /** For a session arn:aws:sts::…:assumed-role/<role>/<session>; for a user its own; for a service its name. */
  readonly arn: string;
  /** The value of aws:PrincipalArn: for a session the ARN of the role, with its path. */
  readonly principalArn: string;
}

export interface Request {
  readonly caller: Caller;
  /** As `s3:PutBucketPolicy`. */
  readonly action: string;
  /** ARN of what the action is on. */
  readonly resource: string;
  readonly context: Context;
}
