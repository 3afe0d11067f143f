import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { readQueueArn } from '../../../contract/queue-arn.ts';
import type { QueueTarget } from '../../../contract/target.ts';
import { clientDefaults } from '../../aws-clients.ts';
import { nameOfError } from '../../aws-errors.ts';
import type { RootSession } from './root-sessions.ts';

/** By class and by the code of the older protocol, which the SDK may hand on. */
const noSuchQueue = new Set(['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue']);

export function isNoSuchQueue(error: unknown): boolean {
  return noSuchQueue.has(nameOfError(error));
}

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
    this.#reads = session.clients.keep(new SQSClient(options));
    // The SDK must not repeat a change whose answer was lost: by then the owner may have set another policy.
    this.#writes = session.clients.keep(new SQSClient({ ...options, maxAttempts: 1 }));
  }

  /**
   * Asks for the queue's URL, by name and owner. Answers false where there is no such queue. SQS gives one answer for a
   * queue that is not there and for one that the caller may not ask about; listing tells them apart: a denial says so.
   */
  async find(): Promise<boolean> {
    this.#url = (await this.#askForUrl()) ?? (await this.#findInList());
    return this.#url !== undefined;
  }

  /** SQS leaves the attribute out where there is no policy. Source: SQS API reference, GetQueueAttributes. */
  async read(): Promise<QueueReading> {
    const { Attributes } = await this.#reads.send(
      new GetQueueAttributesCommand({ QueueUrl: this.#found(), AttributeNames: ['Policy', 'QueueArn'] }),
    );
    return { queueArn: Attributes?.QueueArn, policy: Attributes?.Policy || null };
  }

  /**
   * The task policy would let any attribute be set; this sets the policy, and no other: null sets it to nothing, as AWS
   * describes the task. Source: IAM User Guide, "Perform a privileged task on a member account".
   */
  async set(policy: string | null): Promise<void> {
    await this.#writes.send(
      new SetQueueAttributesCommand({ QueueUrl: this.#found(), Attributes: { Policy: policy ?? '' } }),
    );
  }

  async #askForUrl(): Promise<string | undefined> {
    try {
      const { QueueUrl } = await this.#reads.send(new GetQueueUrlCommand(this.#queue));
      if (QueueUrl === undefined) throw new Error('SQS answered GetQueueUrl without a URL');
      return QueueUrl;
    } catch (error) {
      if (isNoSuchQueue(error)) return undefined;
      throw error;
    }
  }

  async #findInList(): Promise<string | undefined> {
    const { QueueName, QueueOwnerAWSAccountId } = this.#queue;
    let NextToken: string | undefined;
    do {
      const page = await this.#reads.send(
        new ListQueuesCommand({ QueueNamePrefix: QueueName, MaxResults: 1000, NextToken }),
      );
      const url = page.QueueUrls?.find((its) => its.endsWith(`/${QueueOwnerAWSAccountId}/${QueueName}`));
      if (url !== undefined) return url;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return undefined;
  }

  #found(): string {
    if (this.#url === undefined) throw new Error('the queue was not looked up yet: call find first');
    return this.#url;
  }
}
