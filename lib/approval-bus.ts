import { Lazy } from 'aws-cdk-lib';
import { CfnEventBusPolicy, EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { PublishEnvironment } from '../contract/environment.ts';
import { outcomeDetailType, outcomeSource } from '../contract/outcome-event.ts';
import type { TicketSource } from '../contract/settings.ts';
import { busPolicyStatements } from './approval-bus-policy.ts';
import { PlainFault } from './plain-fault.ts';
import { renderedLength } from './rendered-length.ts';
import type { RootdeskFunction } from './rootdesk-function.ts';

/** Source: EventBridge quotas, "Policy size" of an event bus. */
const maximumPolicyLength = 10_240;

export interface ApprovalBusProps {
  /** The ticket sources whose roles may put approvals. */
  readonly sources: readonly TicketSource[];
}

/** The custom bus `rootdesk` (a classic one): approvals come in, outcomes go out, and its policy says by whom. */
export class ApprovalBus extends Construct {
  readonly bus: IEventBus;
  #publisher: RootdeskFunction | undefined;

  constructor(scope: Construct, id: string, { sources }: ApprovalBusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: 'rootdesk',
      description: 'Approved tickets come in, the endings of root tasks go out.',
    });
    const busArn = this.bus.eventBusArn;
    const publisherRoleArn = Lazy.string({ produce: () => this.#publisherRoleArn() });
    this.#attachPolicy(busPolicyStatements({ busArn, sources, publisherRoleArn }));
  }

  /** Lets one function put outcome events, and nothing else, on the bus; tells it the bus's name. */
  grantPublish(publisher: RootdeskFunction): void {
    if (this.#publisher !== undefined) throw new Error('one function alone publishes outcomes');
    this.#publisher = publisher;
    publisher.allow(
      new PolicyStatement({
        sid: 'PublishOutcomes',
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: {
          'ForAllValues:StringEquals': {
            'events:source': outcomeSource,
            'events:detail-type': outcomeDetailType,
          },
          Null: { 'events:source': 'false', 'events:detail-type': 'false' },
        },
      }),
    );
    publisher.addEnvironment<Pick<PublishEnvironment, 'BUS_NAME'>>({ BUS_NAME: this.bus.eventBusName });
  }

  #publisherRoleArn(): string {
    if (this.#publisher === undefined) throw new Error('nothing publishes outcomes: call grantPublish');
    return this.#publisher.role.roleArn;
  }

  #attachPolicy(statements: readonly PolicyStatement[]): void {
    let previous: CfnEventBusPolicy | undefined;
    for (const statement of statements) {
      const { Sid: statementId, ...rest } = statement.toStatementJson();
      const policy = new CfnEventBusPolicy(this, statementId, {
        eventBusName: this.bus.eventBusName,
        statementId,
        statement: { Sid: statementId, ...rest },
      });
      // One after the other: all of them change the one policy of the bus, and the Denies have to be there first.
      if (previous !== undefined) policy.addResourceDependency(previous);
      previous = policy;
    }
    this.node.addValidation({
      validate: () => {
        const Statement = statements.map((statement) => statement.toStatementJson());
        const length = renderedLength(this, { Version: '2012-10-17', Statement });
        if (length <= maximumPolicyLength) return [];
        throw new PlainFault(
          `The policy of the bus has up to ${length} characters; EventBridge takes ${maximumPolicyLength}. ` +
            'It grows with ticketSources and senderRoleArns: name fewer, or let one role send for several sources.',
        );
      },
    });
  }
}
