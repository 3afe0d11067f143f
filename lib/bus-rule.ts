import { CfnRule, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { ApprovalBus } from './approval-bus.ts';
import type { EventPattern } from './approval-patterns.ts';
import type { FailureQueue } from './failure-queue.ts';
import { lambdaTarget } from './lambda-target.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

export interface BusRuleProps {
  readonly bus: ApprovalBus;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly target: RootdeskFunction;
  /** Takes the events that EventBridge could not hand to Lambda. */
  readonly failures: FailureQueue;
}

/** A rule of the bus with one function as its target. */
export class BusRule extends Construct {
  constructor(scope: Construct, id: string, props: BusRuleProps) {
    super(scope, id);
    const rule = new Rule(this, 'Rule', {
      eventBus: props.bus.bus,
      description: props.description,
      // Replaced below: the L2's type knows neither `$or` nor `replay-name`.
      eventPattern: { version: ['0'] },
      targets: [lambdaTarget(props.target, props.failures)],
    });
    const resource = rule.node.defaultChild;
    if (!(resource instanceof CfnRule)) throw new Error('a Rule without its CfnRule');
    resource.eventPattern = props.pattern;
  }
}
