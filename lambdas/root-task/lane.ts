import type { Logger } from '@aws-lambda-powertools/logger';
import type { AccountId } from '../../contract/account-id.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Clock } from '../clock.ts';
import type { AuditTrail } from '../shared/trail.ts';
import type { DeliveryLock } from './adapters/delivery-lock.ts';
import type { KillSwitch } from './adapters/kill-switch.ts';
import type { Organization } from './adapters/organization.ts';
import type { RootSessions } from './adapters/root-sessions.ts';
import type { TargetLocks } from './adapters/target-locks.ts';

/** The parts of a class that can be called: what a step may use of an adapter, and a test may put in its place. */
type Port<T> = Pick<T, keyof T>;

/** Which invocation is at work: the function and its request id, on every entry and every log line. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
}

/** What it takes to record something: the trail, the time, and who writes. */
export interface Recorder {
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'info' | 'warn' | 'error' | 'appendKeys'>;
  readonly invocation: Invocation;
  readonly trail: Port<AuditTrail>;
}

/** Everything a run of the pipeline works with; made once per invocation by the handler. */
export interface Lane extends Recorder {
  readonly settings: Settings;
  readonly settingsDigest: string;
  /** The Region in which rootdesk itself runs: that of the bus and of its functions. */
  readonly region: string;
  /** The account in which rootdesk itself runs. */
  readonly ownAccountId: AccountId;
  /** Version of the code, as the trail keeps it. */
  readonly version: string;
  readonly deliveryLock: Port<DeliveryLock>;
  readonly targetLocks: Port<TargetLocks>;
  readonly rootSessions: Port<RootSessions>;
  readonly organization: Port<Organization>;
  readonly killSwitch: Port<KillSwitch>;
}
