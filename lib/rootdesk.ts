import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import { Announcements } from './announcements.ts';
import { ApprovalBus } from './approval-bus.ts';
import { AuditTrail } from './audit-trail.ts';
import { DeliveryLocks } from './delivery-locks.ts';
import { Digest } from './digest.ts';
import { GiveUp } from './give-up.ts';
import { KillSwitch } from './kill-switch.ts';
import { LostEventAlarms } from './lost-event-alarms.ts';
import { OnCallTopics } from './on-call-topics.ts';
import { openLanes } from './open-lanes.ts';
import { ParkingQueue } from './parking-queue.ts';
import { Refusals } from './refusals.ts';
import { RootTaskLane } from './root-task-lane.ts';
import { SubscriptionAlarms } from './subscription-alarms.ts';
import { Sweep } from './sweep.ts';

export interface RootdeskProps {
  /** What the platform team decides, checked and with its defaults filled in (`readSettings`). */
  readonly settings: Settings;
}

/**
 * An approved ticket becomes one root task, done once, provably. To be deployed in the delegated administrator
 * account for IAM; see the README for what has to be there first.
 */
export class Rootdesk extends Construct {
  readonly bus: ApprovalBus;
  readonly trail: AuditTrail;
  readonly onCall: OnCallTopics;
  readonly lanes: readonly RootTaskLane[];
  readonly refusals: Refusals;
  readonly announcements: Announcements;
  readonly digest: Digest;
  readonly killSwitch: KillSwitch;
  readonly parking: ParkingQueue;

  constructor(scope: Construct, id: string, { settings }: RootdeskProps) {
    super(scope, id);
    const lanes = openLanes(settings);
    const onCall = new OnCallTopics(this, 'OnCall', { emails: settings.onCall.emails });
    const bus = new ApprovalBus(this, 'Bus', { sources: settings.ticketSources });
    const trail = new AuditTrail(this, 'AuditTrail', { settings });
    const locks = new DeliveryLocks(this, 'DeliveryLocks', { settings });
    const parking = new ParkingQueue(this, 'Parking', { settings, onCall });
    this.killSwitch = new KillSwitch(this, 'KillSwitch');
    const shared = { settings, bus, trail, locks, killSwitch: this.killSwitch, onCall, parking };

    this.lanes = lanes.map((lane) => new RootTaskLane(this, pascalCase(lane.task), { lane, ...shared }));
    this.refusals = new Refusals(this, 'Refusals', { lanes, ...shared });
    this.refusals.changeAfter(this.lanes);
    new GiveUp(this, 'GiveUp', {
      ...shared,
      queues: [
        ...this.lanes.map(({ task, failures }) => ({ of: task, failures })),
        { of: 'refusals', failures: this.refusals.failures },
      ],
    });
    new Sweep(this, 'Sweep', shared);
    this.announcements = new Announcements(this, 'Announcements', shared);
    this.digest = new Digest(this, 'Digest', shared);
    new SubscriptionAlarms(this, 'Subscriptions', shared);
    // The last: it watches everything that stands by now.
    new LostEventAlarms(this, 'LostEvents', { below: this, onCall });
    this.bus = bus;
    this.trail = trail;
    this.onCall = onCall;
    this.parking = parking;
  }
}

/** `unlock-s3-bucket` becomes `UnlockS3Bucket`, as construct ids are written. */
function pascalCase(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
}
