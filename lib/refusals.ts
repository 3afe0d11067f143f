import { Construct } from 'constructs';
import type { Settings } from '../contract/settings.ts';
import type { ApprovalBus } from './approval-bus.ts';
import { refusalPattern } from './approval-patterns.ts';
import type { IAuditTrail } from './audit-trail.ts';
import { BusRule } from './bus-rule.ts';
import { FailureQueue } from './failure-queue.ts';
import type { OnCallTopics } from './on-call-topics.ts';
import type { OpenLane } from './open-lanes.ts';
import type { ParkingQueue } from './parking-queue.ts';
import { RootdeskFunction } from './rootdesk-function.ts';

export interface RefusalsProps {
  readonly lanes: readonly OpenLane[];
  readonly settings: Settings;
  readonly bus: ApprovalBus;
  readonly trail: IAuditTrail;
  readonly onCall: OnCallTopics;
  readonly parking: ParkingQueue;
}

/** A part that takes approvals from the bus, by rules of its own. */
export interface TakesApprovals extends Construct {
  readonly rules: readonly BusRule[];
}

/** Records every event that no lane takes as refused, so that nothing that reached the bus goes unanswered. */
export class Refusals extends Construct {
  readonly function: RootdeskFunction;
  readonly failures: FailureQueue;
  readonly #rule: BusRule;

  constructor(scope: Construct, id: string, { lanes, settings, bus, trail, onCall, parking }: RefusalsProps) {
    super(scope, id);
    const failures = new FailureQueue(this, 'Failures', {
      settings,
      onCall,
      alarmDescription:
        'rootdesk: an event that had to be refused could not be recorded, and has waited for half an hour to be ' +
        'recorded by the give-up, which does not take it. No root session was opened. Look into the logs of ' +
        'lambdas/give-up/index.ts.',
      runbookSection: 'Alarm: a message waits in a failure queue',
      parking,
    });
    this.failures = failures;
    this.function = new RootdeskFunction(this, 'Function', {
      source: 'refuse/index.ts',
      settings,
      readsSettings: true,
      failures,
    });
    trail.grantAppend(this.function);
    this.#rule = new BusRule(this, 'Untaken', {
      bus,
      description: 'Events that no root task takes',
      pattern: refusalPattern(lanes),
      target: this.function,
      failures,
    });
  }

  /**
   * Has a deployment go in this order: the function that refuses knows the new settings, each lane stands whole, and
   * only then the rule of refusals narrows. So an approval of a root task that is just being enabled, or of a source
   * that a lane just gains, reaches both for a moment and nobody never; the refusals wait for the lane to record it.
   * A lane that goes is deleted after the rule has widened, in CloudFormation's clean-up. The other way round remains:
   * a source that a kept lane loses matches neither rule until the second one has changed, seconds later.
   * Source: AWS CloudFormation Template Reference, "DependsOn attribute".
   */
  changeAfter(parts: readonly TakesApprovals[]): void {
    const refuse = this.function.handler.node.defaultChild;
    if (refuse === undefined) throw new Error('a function without its resource');
    for (const part of parts) {
      for (const rule of part.rules) rule.node.addDependency(refuse);
      this.#rule.node.addDependency(part);
    }
  }
}
