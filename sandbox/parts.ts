/**
 * How the sandbox's parts see each other. `assembly/` turns cdk.out into a Deployment; `aws/` answers AWS calls over
 * HTTP for that deployment and an organization; `lambda/` and `bus/` run functions and deliver events; `world.ts` wires
 * them; `scenario/` drives a world.
 */

import type { Latency } from './aws/latency.ts';
import type { InvocationResult } from './lambda/result.ts';
import type { Queues } from './queues.ts';
import type { Schedules } from './scheduler/schedules.ts';
import type { Executions } from './step-functions/executions.ts';

export type PolicyDocument = {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: unknown;
};

// ---- time -----------------------------------------------------------------------------------------------------

/** The sandbox's clock. Calls, waits and latencies move it; real time does not. */
export interface Clock {
  now(): number;
  /** Moves the clock forward; never back. */
  advance(milliseconds: number): void;
  /** Float64Array[0] is the time in milliseconds; workers read it. */
  readonly shared: SharedArrayBuffer;
  /** Runs something at a sandbox time (a retry's delay, a visibility timeout). */
  schedule(at: number, what: string, run: () => Promise<void>): void;
  /** When something is scheduled next; infinity when nothing is. */
  nextAt(): number;
  /** Runs what is due, moving the clock to the next scheduled moment, until nothing is scheduled up to `until`. */
  runDue(until?: number): Promise<void>;
}

// ---- the deployed stack, every intrinsic resolved ------------------------------------------------------------

export interface Deployment {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  readonly functions: readonly DeployedFunction[];
  readonly roles: readonly DeployedRole[];
  readonly tables: readonly DeployedTable[];
  readonly buses: readonly DeployedBus[];
  readonly rules: readonly DeployedRule[];
  readonly schedules: readonly DeployedSchedule[];
  readonly queues: readonly DeployedQueue[];
  readonly topics: readonly DeployedTopic[];
  readonly keys: readonly DeployedKey[];
  readonly parameters: readonly DeployedParameter[];
  readonly buckets: readonly DeployedBucket[];
  /** On DynamoDB streams. */
  readonly eventSourceMappings: readonly DeployedEventSourceMapping[];
  readonly queueMappings: readonly DeployedQueueMapping[];
  readonly stateMachines: readonly DeployedStateMachine[];
  readonly scheduleGroups: readonly DeployedScheduleGroup[];
  /** Of EventBridge Scheduler; `schedules` are rules of EventBridge. */
  readonly schedulerSchedules: readonly DeployedSchedulerSchedule[];
}

export interface DeployedFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly assetDirectory: string;
  /** `index.handler` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** From LoggingConfig: what Lambda tells the function about its own log. */
  readonly logging?: {
    readonly format: 'JSON' | 'Text';
    readonly level: string | null;
    readonly group: string;
  };
  /** From AWS::Lambda::EventInvokeConfig; Lambda's defaults where there is none. */
  readonly asyncInvoke: {
    readonly maximumRetryAttempts: number;
    readonly maximumEventAgeSeconds: number;
    readonly onFailureArn: string | null;
  };
  /** From AWS::Lambda::Permission. */
  readonly permissions: readonly {
    readonly principal: string;
    readonly action: string;
    readonly sourceArn: string | null;
  }[];
}

export interface DeployedRole {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionSeconds: number;
  readonly policies: readonly { readonly name: string; readonly document: PolicyDocument }[];
}

export interface DeployedTable {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string | null;
  readonly streamViewType: string | null;
  readonly timeToLiveAttribute: string | null;
  readonly resourcePolicy: PolicyDocument | null;
  /** CreateTable input for the engine: KeySchema, AttributeDefinitions, indexes. */
  readonly createTable: Readonly<Record<string, unknown>>;
}

export interface DeployedBus {
  readonly name: string;
  readonly arn: string;
  readonly policy: PolicyDocument | null;
}

export interface DeployedRule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly enabled: boolean;
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly targets: readonly DeployedTarget[];
}

/** A rule of the default bus that fires by the clock. */
export interface DeployedSchedule {
  readonly name: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly expression: string;
  readonly targets: readonly DeployedTarget[];
}

export interface DeployedTarget {
  readonly arn: string;
  readonly deadLetterArn: string | null;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** A fixed text in place of the event: JSON, as EventBridge takes it. Only schedules have it here. */
  readonly input?: string;
}

export interface DeployedQueue {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly policy: PolicyDocument | null;
  readonly keyArn: string | null;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** From RedrivePolicy: where a message goes that was received this often and not deleted. */
  readonly redrive: { readonly deadLetterArn: string; readonly maxReceiveCount: number } | null;
}

export interface DeployedTopic {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly policy: PolicyDocument | null;
  readonly keyArn: string | null;
  readonly subscriptions: readonly { readonly protocol: string; readonly endpoint: string }[];
  readonly displayName: string;
}

export interface DeployedKey {
  readonly logicalId: string;
  readonly arn: string;
  readonly policy: PolicyDocument;
}

export interface DeployedBucket {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  /** As deployed; PutBucketPolicy changes what holds in the sandbox. */
  readonly policy: PolicyDocument | null;
  readonly versioned: boolean;
  /** From ObjectLockConfiguration: how long each version is kept; null where the template does not say. */
  readonly defaultRetention: {
    readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
    readonly days: number | null;
    readonly years: number | null;
  } | null;
  readonly encryption: 'AES256' | 'aws:kms';
  /** A key of the stack; null for S3's own. */
  readonly keyArn: string | null;
}

export interface DeployedParameter {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As deployed; PutParameter changes what the sandbox answers. */
  readonly value: string;
  readonly allowedPattern: string | null;
  readonly tier: string;
}

export interface DeployedEventSourceMapping {
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly bisectOnError: boolean;
  readonly reportBatchItemFailures: boolean;
  readonly maximumRetryAttempts: number;
  readonly maximumRecordAgeSeconds: number;
  readonly onFailureArn: string | null;
  readonly filters: readonly Readonly<Record<string, unknown>>[];
}

/** An event source mapping on a queue of the stack. */
export interface DeployedQueueMapping {
  readonly functionArn: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly reportBatchItemFailures: boolean;
  /** How many batches at once, from ScalingConfig; null where the template does not say. */
  readonly maximumConcurrency: number | null;
}

/** A Standard state machine of Step Functions. */
export interface DeployedStateMachine {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** In the Amazon States Language. */
  readonly definition: Readonly<Record<string, unknown>>;
}

export interface DeployedScheduleGroup {
  readonly name: string;
  readonly arn: string;
}

/** A schedule of EventBridge Scheduler, in UTC and without a flexible time window. */
export interface DeployedSchedulerSchedule {
  readonly name: string;
  readonly group: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly expression: string;
  readonly target: SchedulerTarget;
}

export interface SchedulerTarget {
  readonly arn: string;
  /** Scheduler invokes, and sends to the dead-letter queue, as this role. */
  readonly roleArn: string;
  /** JSON, in which Scheduler fills in `<aws.scheduler.…>`; null for the event that it makes itself. */
  readonly input: string | null;
  readonly deadLetterArn: string | null;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

// ---- the organization: same shape as in a scenario and in its answer ------------------------------------------

export interface Organization {
  managementAccountId: string;
  delegatedAdminAccountId: string;
  features: string[];
  trustedAccess: boolean;
  /** Default: none, so that every account is in the organization's root. */
  organizationalUnits?: OrganizationalUnit[];
  accounts: Account[];
}

export interface OrganizationalUnit {
  id: string;
  name: string;
  /** Another unit; default: the organization's root. */
  parentId?: string;
}

export interface Account {
  id: string;
  name?: string;
  email?: string;
  state: string;
  /** Default: the organization's root. */
  organizationalUnitId?: string;
  serviceControlPolicies: PolicyDocument[];
  buckets: { name: string; region: string; policy: unknown }[];
  queues: { name: string; region: string; policy: unknown }[];
  /** Default: a root user without any credential. */
  rootUser?: RootUser;
  /** Virtual MFA devices that nobody uses: deactivating one leaves it here. */
  unassignedMfaDevices?: { serialNumber: string }[];
}

/** What the root user of an account can sign in or sign requests with. Every time is text as in ISO 8601. */
export interface RootUser {
  password?: { createdAt: string; lastUsedAt?: string };
  accessKeys: RootAccessKey[];
  mfaDevices: { serialNumber: string; enabledAt: string }[];
  signingCertificates: { id: string; status: string; uploadedAt: string }[];
}

export interface RootAccessKey {
  id: string;
  status: string;
  createdAt: string;
  lastUsedAt?: string;
  lastUsedService?: string;
  lastUsedRegion?: string;
}

// ---- AWS over HTTP --------------------------------------------------------------------------------------------

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Sandbox time in milliseconds. */
  readonly expiresAt: number;
}

export interface FaultRequest {
  readonly service: string;
  readonly operation: string;
  readonly when: 'before' | 'after';
  /**
   * `abort` stops a whole execution of Step Functions, and is for `states` `RunChild` alone. `notTaken` is a service that
   * does not take the policy that it is handed, in its own words.
   */
  readonly effect: 'throttle' | 'serverError' | 'timeout' | 'crash' | 'abort' | 'notTaken';
  /** How many matching calls it strikes; default: one. */
  readonly times?: number | undefined;
  /** In place of `times`: the share of matching calls that it strikes, from 0 to 1, by a generator with this seed. */
  readonly rate?: number | undefined;
  readonly seed?: number | undefined;
  /** How many matching calls pass first; default: none. */
  readonly skip?: number;
}

export interface CallRecord {
  readonly at: string;
  readonly principal: string;
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly resource: string;
  readonly allowed: boolean;
  readonly error: string | null;
}

export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
  /** On events that EventBridge puts back from an archive. */
  readonly 'replay-name'?: string;
}

export interface TableChange {
  readonly tableArn: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** In DynamoDB's attribute-value JSON. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly oldImage: Readonly<Record<string, unknown>> | null;
  readonly newImage: Readonly<Record<string, unknown>> | null;
}

/** What the AWS side tells the rest of the world; each is called once the effect has been applied. */
export interface AwsEvents {
  eventPut(busName: string, event: BusEvent): void;
  /** A message has come to a queue of the stack, on whatever way. */
  messageSent(queueArn: string, body: string): void;
  notificationPublished(topicArn: string, subject: string | null, message: string): void;
  tableChanged(change: TableChange): void;
  /** A `crash` fault: terminate that environment at once; the call is never answered. */
  crash(environmentId: string): void;
  /** A `timeout` fault: the call is never answered; the environment fires its timers until its request gives up. */
  noAnswer(environmentId: string): void;
  /** A fault meets a call of that environment, whose SDK clients remember it. */
  struck(environmentId: string): void;
  /** AWS let something go without telling anybody: for the sandbox's own log. */
  dropped(what: string): void;
}

/** How long a changed policy of a bucket or queue stays hidden from readers and authorization; none: not at all. */
export type ShowsAfterMs = Readonly<Partial<Record<'s3' | 'sqs', number>>>;

/** Whether those who subscribed to the stack's topics have confirmed it; default: they have. */
export type SubscriptionState = 'confirmed' | 'pending';

/** What stands behind the services that set functions off. */
export interface Engines {
  readonly schedules: Schedules;
  readonly executions: Executions;
  /** Lambda's synchronous invocation. */
  invoke(fn: DeployedFunction, event: unknown): Promise<InvocationResult>;
  /** Lambda's asynchronous invocation: accepted, and run by itself. */
  invokeAsync(fn: DeployedFunction, event: unknown): void;
}

export interface AwsOptions {
  readonly clock: Clock;
  readonly deployment: Deployment;
  readonly organization: Organization;
  readonly faults: readonly FaultRequest[];
  readonly latencyMs: Readonly<Record<string, number>>;
  /** Milliseconds that pass with each call beside its latency; default: none. */
  readonly millisecondsPerCall?: number;
  readonly showsAfterMs?: ShowsAfterMs;
  readonly subscriptions?: SubscriptionState;
  readonly events: AwsEvents;
  /** The execution environments that serve an event now: while one of them computes, no latency passes. */
  readonly busyEnvironments?: () => readonly string[];
  /** Whether functions call an endpoint that all worlds of this process share; default: they do not. */
  readonly sharesEndpoint?: boolean;
  /** Without these, Lambda, Scheduler and Step Functions are not there. Asked for when a call comes. */
  readonly engines?: () => Engines;
}

/** An object that is in a bucket of the stack now. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  /** As text. */
  readonly body: string;
}

export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** A running AWS side. */
export interface Aws {
  /** The URL that principals outside the stack call. */
  readonly endpoint: string;
  /** The URL that functions call: the same, or one that all worlds of this process share. */
  readonly functionEndpoint: string;
  readonly calls: readonly CallRecord[];
  /** The stack's queues, for the services that read and write them without a call on the wire. */
  readonly queues: Queues;
  /** Temporary credentials of a deployed role, for one execution environment of a function. */
  credentialsForRole(roleArn: string, sessionName: string, environmentId: string): Credentials;
  /** Where execution environments report what they wait for, so that the clock moves for all of them at once. */
  readonly environments: Pick<Latency, 'serve' | 'rest' | 'end'>;
  /** Takes over the credentials of an execution environment that served a world before this one. */
  adoptCredentials(
    credentials: Credentials,
    roleArn: string,
    sessionName: string,
    environmentId: string,
  ): Credentials;
  /** Credentials of a principal outside the stack: an administrator or the ticketing role of some account. */
  credentialsForPrincipal(principalArn: string): Credentials;
  /**
   * Would this principal, or whoever holds this key, be allowed this action on this resource? Used by `try`, with AWS's
   * own reasons.
   */
  decide(
    request: ({ readonly principalArn: string } | { readonly accessKeyId: string }) & {
      readonly action: string;
      readonly resource: string;
      readonly context?: Readonly<Record<string, string | readonly string[]>>;
    },
  ): Promise<Decision>;
  /** As a service principal (events.amazonaws.com to a queue): is it let in by the resource's policies? */
  decideForService(request: {
    readonly service: string;
    readonly action: string;
    readonly resourceArn: string;
    readonly sourceArn: string;
  }): Promise<Decision>;
  /**
   * The owner changes the policy of a bucket or queue of the organization: asks nobody, shows as late as every change.
   * Throws a RangeError where there is no such bucket or queue.
   */
  setPolicy(resourceArn: string, policy: unknown): void;
  /** From now on these faults happen, and none of those asked for before. */
  setFaults(requests: readonly FaultRequest[]): void;
  /**
   * The fault, if one is due, of what Lambda or EventBridge does without a call on the wire: `Invoke` is EventBridge
   * handing an event to Lambda, `DeliverToDestination` is Lambda sending to an on-failure destination.
   */
  strikeHandOver(operation: 'Invoke' | 'DeliverToDestination'): FaultRequest['effect'] | undefined;
  /**
   * The faults of what a service does without a call on the wire: `lambda` `InvokeFunction` is a task of a state machine
   * invoking a function, `states` `RunChild` is a map visiting one item.
   */
  faultsOf(
    service: 'lambda' | 'states',
    operation: 'InvokeFunction' | 'RunChild',
  ): { take(when: FaultRequest['when']): FaultRequest['effect'] | undefined };
  /** Every temporary credential that was handed out so far, expired or not. */
  issuedCredentials(): readonly Credentials[];
  /** What is in the stack's buckets now. */
  storedObjects(): readonly StoredObject[];
  /** All items of a table, as plain JSON. */
  scanTable(tableName: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}
