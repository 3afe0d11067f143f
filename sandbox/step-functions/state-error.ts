/** An error by which a state fails: its name is what `Retry` and `Catch` look at, its message becomes the cause. */
export class StateError extends Error {
  /** As the library asks: these two end an execution whatever it says of errors. */
  readonly isRetryable: boolean;
  readonly isCatchable: boolean;

  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
    this.isRetryable = !['States.Runtime', 'States.DataLimitExceeded'].includes(name);
    this.isCatchable = this.isRetryable;
  }
}

/** The largest input or output of a state. Source: Step Functions Developer Guide, "Step Functions service quotas". */
const mostBytes = 262_144;

/** Gives the value back, unless it is too large to be the output of a state. */
export function withinLimit<Value>(what: string, value: Value): Value {
  if (Buffer.byteLength(JSON.stringify(value) ?? '') <= mostBytes) return value;
  throw new StateError(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
