import { Construct } from 'constructs';
import type { RootTaskName } from '../contract/root-tasks.ts';
import type { Settings } from '../contract/settings.ts';
import { Announcements } from './announcements.ts';
import { ApprovalBus } from './approval-bus.ts';
import { AuditTrail } from './audit-trail.ts';
import { Closings } from './closings.ts';
import { DeliveryLocks } from './delivery-locks.ts';
import { Digest } from './digest.ts';
import { GiveUp } from './give-up.ts';
import { KillSwitch } from './kill-switch.ts';
import { LostEventAlarms } from './lost-event-alarms.ts';
import { OnCallTopics } from './on-call-topics.ts';
import { openLanes } from './open-lanes.ts';
import { OrganizationRuns } from './organization-runs.ts';
import { ParkingQueue } from './parking-queue.ts';
import { pascalCase } from './pascal-case.ts';
import { Refusals } from './refusals.ts';
import { ReportBucket } from './report-bucket.ts';
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
  readonly reports: ReportBucket;

  constructor(scope: Construct, id: string, { settings }: RootdeskProps) {
    super(scope, id);
    const open = openLanes(settings);
    const onCall = new OnCallTopics(this, 'OnCall', { emails: settings.onCall.emails });
    const bus = new ApprovalBus(this, 'Bus', { sources: settings.ticketSources });
    const trail = new AuditTrail(this, 'AuditTrail', { settings });
    const locks = new DeliveryLocks(this, 'DeliveryLocks', { settings });
    const parking = new ParkingQueue(this, 'Parking', { settings, onCall });
    this.killSwitch = new KillSwitch(this, 'KillSwitch');
    const shared = { settings, bus, trail, locks, killSwitch: this.killSwitch, onCall, parking };

    const laneOf = (task: RootTaskName) => new RootTaskLane(this, pascalCase(task), { task, ...shared });
    const approved = open.map((lane) => {
      const built = laneOf(lane.task);
      built.takeApprovals(bus, lane);
      return built;
    });
    // Always there: an opening may outlive the setting that allowed it.
    const closing = laneOf('close-root-password-recovery');
    const closings = new Closings(this, 'Closings', { lane: closing });
    // To tell what a later opening of the same root user allows.
    trail.grantListTarget(closing.function);
    for (const { task, function: fn } of approved)
      if (task === 'allow-root-password-recovery') closings.grantSchedule(fn);
    this.lanes = [...approved, closing];

    this.reports = new ReportBucket(this, 'Reports', { settings });
    const runs = new OrganizationRuns(this, 'OrganizationRuns', {
      ...shared,
      open,
      lanes: approved,
      reports: this.reports,
    });
    this.refusals = new Refusals(this, 'Refusals', { lanes: open, ...shared });
    this.refusals.changeAfter([...approved, runs]);
    new GiveUp(this, 'GiveUp', {
      ...shared,
      queues: [
        ...this.lanes.map(({ task, failures }) => ({ of: task, failures })),
        { of: 'organization-runs', failures: runs.begin.failures },
        { of: 'refusals', failures: this.refusals.failures },
      ],
    });
    const sweep = new Sweep(this, 'Sweep', shared);
    runs.grantStart(sweep.function);
    closings.grantInvoke(sweep.function);
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
