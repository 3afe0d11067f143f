/** In seconds: two days. */
const longestRun = 2 * 24 * 60 * 60;

export interface RunDefinitionInput {
  readonly partition: string;
  /** ARNs of the functions. */
  readonly plan: string;
  readonly visit: string;
  readonly collate: string;
  /** How many accounts are visited at the same time. */
  readonly maxConcurrency: number;
}

/**
 * One run across the organization, in the Amazon States Language: the list of accounts is made, each account is
 * visited by the lane of the root task, and what came of it is put together. The input is `{requestId}`.
 *
 * The state holds nothing but where the list is: it may have 256 KB, and an organization has thousands of accounts.
 * So each visit leaves `{}` (which Step Functions gathers in one list, kept or not), and the functions find in the audit
 * trail what they need.
 * Source: AWS Step Functions Developer Guide, "Using Map state in Distributed mode" and "Service quotas".
 */
export function runDefinition({ partition, plan, visit, collate, maxConcurrency }: RunDefinitionInput) {
  const invoking = (functionArn: string, payload: Readonly<Record<string, unknown>>) => ({
    Type: 'Task',
    Resource: `arn:${partition}:states:::lambda:invoke`,
    Parameters: { FunctionName: functionArn, ...payload },
  });
  const theRun = { Payload: { 'requestId.$': '$.requestId' } };
  return {
    Comment: 'Visits every account of the organization that an approved run names',
    StartAt: 'Plan',
    TimeoutSeconds: longestRun,
    States: {
      Plan: {
        ...invoking(plan, theRun),
        ResultSelector: {
          'bucket.$': '$.Payload.bucket',
          'key.$': '$.Payload.key',
          'accounts.$': '$.Payload.accounts',
        },
        ResultPath: '$.plan',
        Retry: patiently,
        Next: 'AnyAccounts',
      },
      AnyAccounts: {
        Type: 'Choice',
        Choices: [{ Variable: '$.plan.accounts', NumericGreaterThan: 0, Next: 'Visit' }],
        Default: 'Collate',
      },
      Visit: {
        Type: 'Map',
        Label: 'Visit',
        ItemReader: {
          Resource: `arn:${partition}:states:::s3:getObject`,
          ReaderConfig: { InputType: 'JSON' },
          Parameters: { 'Bucket.$': '$.plan.bucket', 'Key.$': '$.plan.key' },
        },
        ItemSelector: {
          'parentRequestId.$': '$.requestId',
          'accountId.$': '$$.Map.Item.Value.accountId',
          'part.$': '$$.Map.Item.Value.part',
        },
        MaxConcurrency: maxConcurrency,
        // Each failure is recorded for its account; none of them is a reason to leave out the others.
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Account',
          States: {
            Account: {
              ...invoking(visit, { 'Payload.$': '$' }),
              Retry: [untilBelieved, apart],
              Catch: [{ ErrorEquals: ['States.ALL'], Next: 'LeftToCollate' }],
              OutputPath: null,
              End: true,
            },
            LeftToCollate: { Type: 'Pass', OutputPath: null, End: true },
          },
        },
        ResultPath: null,
        Next: 'Collate',
      },
      Collate: { ...invoking(collate, theRun), ResultPath: null, Retry: patiently, Next: 'Done' },
      Done: { Type: 'Succeed' },
    },
  };
}

/** Nearly half an hour in all: a lock that a function left behind as it died lapses within the ten minutes it had. */
const patiently = [
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 30, BackoffRate: 2, MaxAttempts: 8, MaxDelaySeconds: 300 },
];

/**
 * A denial that names no cause is believed after two and a half minutes: the last try comes later than that, however
 * chance falls, so that an account that was closed meanwhile ends with its cause and is not given up without one.
 */
const untilBelieved = {
  ErrorEquals: ['PassingDenialError'],
  IntervalSeconds: 80,
  BackoffRate: 1,
  MaxAttempts: 2,
};

/** Accounts that were throttled together are not to come again together. */
const apart = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 30,
  BackoffRate: 2,
  MaxAttempts: 4,
  MaxDelaySeconds: 120,
  JitterStrategy: 'FULL',
};
