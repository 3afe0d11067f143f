import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import { Announcements } from './announcements.ts';
import { ApprovalBus } from './approval-bus.ts';
import { AuditTrail } from './audit-trail.ts';
import { DeliveryLocks } from './delivery-locks.ts';
import { KillSwitch } from './kill-switch.ts';
import { OnCallTopics } from './on-call-topics.ts';
import { openLanes } from './open-lanes.ts';
import { Refusals } from './refusals.ts';
import { RootTaskLane } from './root-task-lane.ts';

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

  constructor(scope: Construct, id: string, { settings }: RootdeskProps) {
    super(scope, id);
    const lanes = openLanes(settings);
    const onCall = new OnCallTopics(this, 'OnCall', { emails: settings.onCall.emails });
    const bus = new ApprovalBus(this, 'Bus', { sources: settings.ticketSources });
    const trail = new AuditTrail(this, 'AuditTrail', { deploymentRoleArns: settings.deploymentRoleArns });
    const locks = new DeliveryLocks(this, 'DeliveryLocks');
    const killSwitch = new KillSwitch(this, 'KillSwitch');

    this.lanes = lanes.map(
      (lane) =>
        new RootTaskLane(this, pascalCase(lane.task), {
          lane,
          settings,
          bus,
          trail,
          locks,
          killSwitch,
          onCall,
        }),
    );
    this.refusals = new Refusals(this, 'Refusals', { lanes, settings, bus, trail, onCall });
    this.announcements = new Announcements(this, 'Announcements', { settings, bus, trail, onCall });
    this.bus = bus;
    this.trail = trail;
    this.onCall = onCall;
  }
}

/** `unlock-s3-bucket` becomes `UnlockS3Bucket`, as construct ids are written. */
function pascalCase(name: string): string {
  return name.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase());
}
