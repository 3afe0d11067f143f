import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { ApprovalBus } from './approval-bus.ts';
import { refusalPattern } from './approval-patterns.ts';
import type { IAuditTrail } from './audit-trail.ts';
import { BusRule } from './bus-rule.ts';
import { FailureQueue } from './failure-queue.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import type { OpenLane } from './open-lanes.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

export interface RefusalsProps {
  readonly lanes: readonly OpenLane[];
  readonly settings: Settings;
  readonly bus: ApprovalBus;
  readonly trail: IAuditTrail;
  readonly onCall: OnCallTopics;
}

/** Records every event that no lane takes as refused, so that nothing that reached the bus goes unanswered. */
export class Refusals extends Construct {
  readonly function: RootdeskFunction;

  constructor(scope: Construct, id: string, { lanes, settings, bus, trail, onCall }: RefusalsProps) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', {
      onCall,
      alarmDescription:
        'rootdesk: an event that had to be refused could not be recorded. No root session was opened. Open the ' +
        'message in this queue: it holds the event and the last error. Find out who sent it, mend the cause, and ' +
        'tell the ticket by hand that nothing was done.',
      runbookSection: "Alarm: the refusals' failure queue has a message",
    });
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'refuse/index.ts',
      settings,
      readsSettings: true,
      failures,
    });
    trail.grantAppend(this.function);
    new BusRule(this, 'Untaken', {
      bus,
      description: 'Events that no root task takes',
      pattern: refusalPattern(lanes),
      target: this.function,
      failures,
    });
  }
}
