import type { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import { FailureQueue } from './failure-queue.ts';
import type { OnCallTopics } from './on-call-topics.ts';

export interface ParkingQueueProps {
  readonly settings: Settings;
  readonly onCall: OnCallTopics;
}

/** The end of the line: what the give-up has failed at five times waits here for a person, who can send it back. */
export class ParkingQueue extends FailureQueue {
  constructor(scope: Construct, id: string, { settings, onCall }: ParkingQueueProps) {
    super(scope, id, {
      settings,
      onCall,
      alarmDescription:
        'rootdesk: a failed request could not be given up in an orderly way, so nothing says yet how it ended. The ' +
        'message in this queue holds the approval and its last error. Look into the logs of lambdas/give-up/index.ts, ' +
        'mend the cause, then move the messages back with one command.',
      runbookSection: 'Alarm: the parking queue has a message',
    });
  }
}
