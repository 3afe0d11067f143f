import type {
  AwsEvents,
  Clock,
  Deployment,
  Engines,
  Organization,
  PolicyDocument,
  SubscriptionState,
} from '../parts.ts';
import type { Queues } from '../queues.ts';
import type { Authorizer } from './authorize.ts';
import type { KeyRing } from './credentials.ts';
import type { AwsError } from './errors.ts';
import type { Answer, HttpRequest } from './http-request.ts';
import type { Principal } from './principals.ts';
import type { StackBucket } from './services/s3/stack-buckets.ts';
import type { ShownPolicies } from './shown-policies.ts';
import type { Wire } from './wire/wire.ts';

/** One service that the sandbox answers for: how it speaks and what it can do. */
export interface Service {
  readonly wire: Wire;
  readonly operations: Readonly<Record<string, Operation>>;
  accessDenied(message: string): AwsError;
  throttled(): AwsError;
  failed(): AwsError;
  /** By operation: what is answered to a policy that the service does not take. */
  readonly notTaken?: Readonly<Record<string, () => AwsError>>;
}

/** One operation: what it touches, what IAM must allow first, and what it then does. */
export interface Operation {
  /** What the call log names; may not throw. */
  resource(call: Call): string;
  /** Everything that must be allowed. Throws where AWS answers before it asks IAM (no such bucket). */
  permissions(call: Call): readonly Permission[];
  respond(call: Call): Answer | Promise<Answer>;
}

/** A request whose sender is known. */
export interface Call {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly principal: Principal;
  readonly input: Readonly<Record<string, unknown>>;
  readonly request: HttpRequest;
}

export interface Permission {
  readonly action: string;
  readonly resource: Resource;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** Where AWS words this refusal in its own way. */
  refusal?(message: string): AwsError;
}

export interface Resource {
  readonly arn: string;
  readonly accountId: string;
  readonly policy: PolicyDocument | null;
  /**
   * Whether the policy belongs to the stack under test: a condition key in it that the sandbox cannot fill is then a
   * gap in the sandbox, whereas an account's own bucket policy may test for whatever its author liked.
   */
  readonly policyOfStack: boolean;
}

/** What every service is made from. */
export interface Backstage {
  readonly deployment: Deployment;
  readonly organization: Organization;
  readonly clock: Clock;
  readonly keys: KeyRing;
  readonly events: AwsEvents;
  readonly authorizer: Authorizer;
  readonly queues: Queues;
  readonly policies: ShownPolicies;
  readonly stackBuckets: readonly StackBucket[];
  readonly subscriptions: SubscriptionState;
  /** Of the services that set functions off; null where a world has none. */
  readonly engines: (() => Engines) | null;
}

/** A resource without a policy of its own, or an action that has no resource. */
export function plainResource(arn: string, accountId: string): Resource {
  return { arn, accountId, policy: null, policyOfStack: true };
}
