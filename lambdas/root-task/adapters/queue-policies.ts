import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { readQueueArn } from '../../../contract/queue-arn.ts';
import type { QueueTarget } from '../../../contract/target.ts';
import { clientDefaults } from '../../aws-clients.ts';
import type { RootSession } from './root-sessions.ts';

/** What SQS says of a queue: its own ARN, and its policy as it words it; null when there is none. */
export interface QueueReading {
  readonly queueArn: string | undefined;
  readonly policy: string | null;
}

/**
 * The SQS calls of one queue in one root session. The queue's URL is asked for by name and owner and never taken from
 * a ticket, and calls go to the Region's own endpoint whatever that URL says.
 */
export class QueuePolicies {
  readonly #queue: { readonly QueueName: string; readonly QueueOwnerAWSAccountId: string };
  readonly #reads: SQSClient;
  readonly #writes: SQSClient;
  #url: string | undefined;

  constructor(session: RootSession, target: QueueTarget) {
    const { accountId, name, region } = readQueueArn(target.queueArn);
    const credentials = session.credentials.provider;
    const options = { ...clientDefaults, region, credentials, useQueueUrlAsEndpoint: false };
    this.#queue = { QueueName: name, QueueOwnerAWSAccountId: accountId };
    this.#reads = new SQSClient(options);
    // The SDK must not repeat a removal whose answer was lost: by then the owner may have set a repaired policy.
    this.#writes = new SQSClient({ ...options, maxAttempts: 1 });
  }

  /** Asks for the queue's URL, by name and owner. */
  async find(): Promise<void> {
    const { QueueUrl } = await this.#reads.send(new GetQueueUrlCommand(this.#queue));
    if (QueueUrl === undefined) throw new Error('SQS answered GetQueueUrl without a URL');
    this.#url = QueueUrl;
  }

  /** SQS leaves the attribute out where there is no policy. Source: SQS API reference, GetQueueAttributes. */
  async read(): Promise<QueueReading> {
    const { Attributes } = await this.#reads.send(
      new GetQueueAttributesCommand({ QueueUrl: this.#found(), AttributeNames: ['Policy', 'QueueArn'] }),
    );
    return { queueArn: Attributes?.QueueArn, policy: Attributes?.Policy || null };
  }

  /** The task policy would let any attribute be set; this sets the policy, to nothing, and no other. */
  async removePolicy(): Promise<void> {
    await this.#writes.send(
      new SetQueueAttributesCommand({ QueueUrl: this.#found(), Attributes: { Policy: '' } }),
    );
  }

  #found(): string {
    if (this.#url === undefined) throw new Error('the queue was not looked up yet: call find first');
    return this.#url;
  }
}
