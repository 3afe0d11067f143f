import * as z from 'zod';

/** What the sandbox runs of the Amazon States Language, as written in the JSONPath way. One field more is an error. */

const path = z.string().nullable().optional();
const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONPath').optional() };
const going = { Next: z.string().optional(), End: z.literal(true).optional() };

const retrier = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.number().min(1).default(1),
  MaxAttempts: z.int().min(0).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
  Comment: z.string().optional(),
});
export type Retrier = z.infer<typeof retrier>;

const catcher = z.strictObject({
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  ResultPath: path,
  Comment: z.string().optional(),
});

const recovering = { Retry: z.array(retrier).default([]), Catch: z.array(catcher).optional() };
const results = { ResultSelector: z.record(z.string(), z.unknown()).optional(), ResultPath: path };
const lambdaInvoke = /^arn:[a-z-]+:states:::lambda:invoke$/;
const s3GetObject = /^arn:[a-z-]+:states:::s3:getObject$/;

const task = z.strictObject({
  Type: z.literal('Task'),
  ...common,
  ...going,
  ...recovering,
  ...results,
  InputPath: path,
  OutputPath: path,
  Resource: z.string().regex(lambdaInvoke, 'the sandbox runs lambda:invoke only, without a suffix'),
  Parameters: z.strictObject({
    FunctionName: z.string(),
    Payload: z.unknown().optional(),
    'Payload.$': z.string().optional(),
    InvocationType: z.literal('RequestResponse').optional(),
  }),
  TimeoutSeconds: z.number().min(1).optional(),
});

const pass = z.strictObject({
  Type: z.literal('Pass'),
  ...common,
  ...going,
  InputPath: path,
  OutputPath: path,
  ResultPath: path,
  Parameters: z.unknown().optional(),
  // The library takes a result that is false, 0, null or empty for none.
  Result: z.unknown().refine(Boolean, 'the sandbox models no empty Result').optional(),
});

const wait = z.strictObject({
  Type: z.literal('Wait'),
  ...common,
  ...going,
  InputPath: path,
  OutputPath: path,
  Seconds: z.number().min(0).optional(),
  SecondsPath: z.string().optional(),
  Timestamp: z.string().optional(),
  TimestampPath: z.string().optional(),
});

const choice = z.strictObject({
  Type: z.literal('Choice'),
  ...common,
  InputPath: path,
  OutputPath: path,
  Choices: z.array(z.record(z.string(), z.unknown())).min(1),
  Default: z.string().optional(),
});

const succeed = z.strictObject({ Type: z.literal('Succeed'), ...common, InputPath: path, OutputPath: path });

const fail = z.strictObject({
  Type: z.literal('Fail'),
  ...common,
  Error: z.string().optional(),
  ErrorPath: z.string().optional(),
  Cause: z.string().optional(),
  CausePath: z.string().optional(),
});

const reader = z.strictObject({
  Resource: z.string().regex(s3GetObject, 'the sandbox reads items by s3:getObject only'),
  ReaderConfig: z.strictObject({ InputType: z.literal('JSON'), MaxItems: z.int().min(1).optional() }),
  Parameters: z.strictObject({
    Bucket: z.string().optional(),
    'Bucket.$': z.string().optional(),
    Key: z.string().optional(),
    'Key.$': z.string().optional(),
  }),
});

const map = z.strictObject({
  Type: z.literal('Map'),
  ...common,
  ...going,
  ...recovering,
  ...results,
  InputPath: path,
  OutputPath: path,
  ItemReader: reader.optional(),
  ItemsPath: z.string().optional(),
  ItemSelector: z.record(z.string(), z.unknown()).optional(),
  ItemProcessor: z.strictObject({
    ProcessorConfig: z.strictObject({
      Mode: z.literal('DISTRIBUTED', 'the sandbox runs distributed maps only'),
      ExecutionType: z.literal('STANDARD', 'the sandbox runs STANDARD children only'),
    }),
    StartAt: z.string(),
    get States() {
      return states;
    },
    Comment: z.string().optional(),
  }),
  MaxConcurrency: z.int().min(0).default(0),
  ToleratedFailurePercentage: z.number().min(0).max(100).optional(),
  ToleratedFailureCount: z.int().min(0).optional(),
  Label: z.string().optional(),
});

const state = z.discriminatedUnion('Type', [task, pass, wait, choice, succeed, fail, map]);
const states: z.ZodRecord<z.ZodString, typeof state> = z.record(z.string(), state);

const definition = z.strictObject({
  ...common,
  StartAt: z.string(),
  States: states,
  TimeoutSeconds: z.number().min(1).optional(),
  Version: z.literal('1.0').optional(),
});

export type TaskState = z.infer<typeof task>;
export type MapState = z.infer<typeof map>;
export type WaitState = z.infer<typeof wait>;
export type State = z.infer<typeof state>;
/** A machine, or what a map runs for each item. */
export type Flow = { readonly StartAt: string; readonly States: Readonly<Record<string, State>> };
export type Definition = z.infer<typeof definition>;

/** Of the context object the library fills in a part, and times of that by the reader's clock. */
const filledIn =
  /^\$\$\.(?:Execution\.(?:Id|Name|RoleArn|Input)|StateMachine\.(?:Id|Name)|Map\.Item\.(?:Index|Value))(?![A-Za-z])/;

/** Reads a definition; throws an Error that names every field which the sandbox would not honour. */
export function readDefinition(machine: string, stated: unknown): Definition {
  const parsed = definition.safeParse(stated);
  if (!parsed.success) {
    throw new Error(`state machine ${machine}: the sandbox does not model\n${z.prettifyError(parsed.error)}`);
  }
  const strange = [...JSON.stringify(stated).matchAll(/\$\$\.[A-Za-z.]*/g)].find(
    ([used]) => !filledIn.test(used),
  );
  if (strange !== undefined)
    throw new Error(`state machine ${machine}: the sandbox does not model ${strange[0]}`);
  for (const [name, one] of allStates(parsed.data)) refuseMixedTimeout(machine, name, one);
  return parsed.data;
}

/** Every state, those that maps run included. */
export function allStates(flow: Flow): [string, State][] {
  return Object.entries(flow.States).flatMap(([name, one]): [string, State][] => [
    [name, one],
    ...(one.Type === 'Map' ? allStates(one.ItemProcessor) : []),
  ]);
}

/** The library would let a catcher of States.TaskFailed catch a timeout, which AWS does not. */
function refuseMixedTimeout(machine: string, name: string, one: State): void {
  if (one.Type !== 'Task' || one.TimeoutSeconds === undefined) return;
  if (one.Catch?.some(({ ErrorEquals }) => ErrorEquals.includes('States.TaskFailed'))) {
    throw new Error(
      `state machine ${machine}: the sandbox does not model ${name} with a timeout and a catcher of States.TaskFailed`,
    );
  }
}
