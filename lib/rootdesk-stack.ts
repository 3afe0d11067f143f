import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Rootdesk, type RootdeskProps } from './rootdesk.ts';

export interface RootdeskStackProps extends StackProps, RootdeskProps {}

/** The whole product in one stack, for any account and Region. */
export class RootdeskStack extends Stack {
  readonly rootdesk: Rootdesk;

  constructor(scope: Construct, id: string, { settings, ...stackProps }: RootdeskStackProps) {
    super(scope, id, { description: 'rootdesk: approved tickets become AWS root tasks', ...stackProps });
    this.rootdesk = new Rootdesk(this, 'Rootdesk', { settings });
    const { bus, digest, killSwitch, onCall, parking, reports, trail } = this.rootdesk;
    this.#output('BusArn', bus.bus.eventBusArn, 'Ticketing systems put their approvals here');
    this.#output('OnCallTopicArn', onCall.endings.topicArn, 'Endings of root tasks');
    this.#output('AlarmTopicArn', onCall.alarms.topicArn, 'Alarms of rootdesk itself');
    this.#output('AuditTrailTable', trail.table.tableName, 'What was approved, done, and how it ended');
    this.#output(
      'SwitchParameter',
      killSwitch.parameterName,
      'Stopped until somebody puts running; stops and starts all root tasks',
    );
    this.#output('ParkingQueueArn', parking.queue.queueArn, 'What could not be given up in an orderly way');
    this.#output('ParkingQueueUrl', parking.queue.queueUrl, 'The same, for reading its messages');
    this.#output(
      'DigestBucket',
      digest.bucket.bucket.bucketName,
      'Heads of the chains of the audit trail, by day',
    );
    this.#output('ReportBucket', reports.bucket.bucketName, 'What runs across the organization found');
  }

  #output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
