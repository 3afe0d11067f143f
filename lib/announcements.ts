import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import { Announced } from './announced.ts';
import type { ApprovalBus } from './approval-bus.ts';
import type { IAuditTrail } from './audit-trail.ts';
import { FailureQueue } from './failure-queue.ts';
import { MissingRunAlarm } from './missing-run-alarm.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import { RootdeskFunction } from './rootdesk-function.ts';
import { ScheduledRun } from './scheduled-run.ts';

export interface AnnouncementsProps {
  readonly settings: Settings;
  readonly bus: ApprovalBus;
  readonly trail: IAuditTrail;
  readonly onCall: OnCallTopics;
}

/**
 * Every ending, but for those of single accounts of a run across the organization: the run speaks for them.
 * Source: AWS Lambda Developer Guide, "Control which events Lambda sends to your function": `exists` looks at leaves,
 * which in a record of a stream is the value below its type.
 */
const endings = {
  eventName: ['INSERT'],
  dynamodb: { NewImage: { kind: { S: ['ended'] }, parentRequestId: { S: [{ exists: false }] } } },
};

const refusals = { eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['refused'] } } } };

const runbookSection = "Alarm: an announcement's failure queue has a message";

/** The trail is append-only: any other change is somebody's tampering. */
const tampering = { eventName: ['MODIFY', 'REMOVE'] };

const catchUp = Schedule.rate(Duration.minutes(15));

/** Time for a batch of a hundred, and for each call in it to be tried three times where AWS does not answer. */
const announcing = Duration.minutes(2);

/**
 * Tells every ending twice, from the trail's stream: on-call by SNS, everybody else by an event on the bus. Two
 * functions, each with its own place in the stream, so that a failure of the one never makes the other repeat itself.
 * Both also run on a schedule, and tell what the stream never brought them.
 */
export class Announcements extends Construct {
  readonly notify: RootdeskFunction;
  readonly publish: RootdeskFunction;

  constructor(scope: Construct, id: string, { settings, bus, trail, onCall }: AnnouncementsProps) {
    super(scope, id);
    const announced = new Announced(this, 'Announced', { settings });

    const notifyFailures = new FailureQueue(this, 'NotifyFailures', {
      settings,
      onCall,
      alarmDescription:
        'rootdesk: an ending, or a change of the audit trail, could not be told to on-call. What was done is done ' +
        'and recorded. The message in this queue gives the position in the stream of the audit trail, readable ' +
        'for 24 hours: read the newest entries of the table, tell those concerned, then look into the logs of ' +
        'lambdas/announce/notify.ts.',
      runbookSection,
    });
    this.notify = new RootdeskFunction(this, 'Notify', {
      source: 'announce/notify.ts',
      settings,
      timeout: announcing,
      memorySize: 512,
      failures: notifyFailures,
    });
    trail.grantRead(this.notify);
    trail.grantList(this.notify);
    onCall.grantNotify(this.notify);
    announced.grantRecordAndCount(this.notify);
    // In large batches: of a flood of refusals it makes few messages.
    trail.streamTo(this.notify, {
      filters: [endings, refusals, tampering],
      batchSize: 100,
      failures: notifyFailures,
    });
    new ScheduledRun(this, 'NotifyCatchUp', {
      description: 'Tells on-call what has not been told, and counts who is subscribed',
      schedule: catchUp,
      target: this.notify,
      failures: notifyFailures,
    });

    const publishFailures = new FailureQueue(this, 'PublishFailures', {
      settings,
      onCall,
      alarmDescription:
        'rootdesk: an ending could not be put on the bus, so its ticket still waits for an answer. What was done ' +
        'is done and recorded. Read the newest entries of the audit trail, answer the ticket by hand, then look ' +
        'into the logs of lambdas/announce/publish.ts.',
      runbookSection,
    });
    this.publish = new RootdeskFunction(this, 'Publish', {
      source: 'announce/publish.ts',
      settings,
      timeout: announcing,
      memorySize: 512,
      failures: publishFailures,
    });
    bus.grantPublish(this.publish);
    trail.grantRead(this.publish);
    trail.grantList(this.publish);
    announced.grantRecord(this.publish);
    trail.streamTo(this.publish, { filters: [endings, refusals], batchSize: 10, failures: publishFailures });
    const publishCatchUp = new ScheduledRun(this, 'PublishCatchUp', {
      description: 'Puts on the bus what has not been put there',
      schedule: catchUp,
      target: this.publish,
      failures: publishFailures,
    });
    // The function is invoked by the stream as well: its own count says nothing of the schedule. Notify's schedule is
    // watched by what that run counts (`subscription-alarms.ts`).
    new MissingRunAlarm(this, 'MissingPublishCatchUps', {
      runs: publishCatchUp.metricRuns(),
      every: 'quarter of an hour',
      meaning:
        'the search for endings that were not put on the bus has not run for an hour. An ending that the stream of ' +
        'the audit trail did not bring stays untold, and its ticket unanswered, until it runs again.',
      onCall,
    });
  }
}
