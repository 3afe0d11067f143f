import { randomUUID } from 'node:crypto';
import type { Clock, DeployedQueue } from './parts.ts';

export interface MessageAttribute {
  readonly dataType: string;
  readonly stringValue: string;
}

export interface NewMessage {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, MessageAttribute>>;
  /** The user id of who sent it. */
  readonly senderId: string;
}

export interface Message extends Required<NewMessage> {
  readonly messageId: string;
  readonly sentAt: number;
  /** The queue that it was moved out of because it had been received too often there; null for any other. */
  readonly deadLetterSourceArn: string | null;
}

export interface ReceivedMessage extends Message {
  /** Good for one receive: with that of an earlier one a message is not deleted any more. */
  readonly receiptHandle: string;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
  /** When it shows again, unless it has been deleted by then. */
  readonly visibleAt: number;
}

/** The stack's standard queues and what is in them. A message stays until it is deleted or its time is over. */
export interface Queues {
  /** Puts a message into a queue; gives its id. */
  send(queueArn: string, message: NewMessage): string;
  /**
   * Takes at most so many of the messages that show, and hides them for the queue's visibility timeout. One that was
   * received as often as the redrive policy allows goes to the dead-letter queue instead.
   */
  receive(queueArn: string, maximum: number): ReceivedMessage[];
  delete(queueArn: string, receiptHandle: string): void;
  /** All that is in a queue, hidden ones included. */
  waiting(queueArn: string): readonly Message[];
  /**
   * Moves what is in a dead-letter queue back to where it came from, or to the queue given, as new messages. What was
   * sent to the dead-letter queue itself stays when no other is given. Gives how many were moved.
   */
  redrive(deadLetterArn: string, destinationArn?: string): number;
}

interface Held {
  readonly message: Message;
  readonly visibleAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number | null;
  readonly receiptHandle: string | null;
}

export interface QueuesParts {
  readonly queues: readonly DeployedQueue[];
  readonly clock: Pick<Clock, 'now'>;
  /** A message has come to a queue, on whatever way. */
  readonly arrived: (queueArn: string, body: string) => void;
  /** SQS deletes a message after its retention without a word; the sandbox says so in its own log. */
  readonly expired: (what: string) => void;
}

/** Source for what it does: Amazon SQS Developer Guide, "visibility timeout", "Using dead-letter queues". */
export function createQueues({ queues, clock, arrived, expired }: QueuesParts): Queues {
  const contents = new Map<string, Held[]>(queues.map(({ arn }) => [arn, []]));

  function queueOf(arn: string): DeployedQueue {
    const queue = queues.find((one) => one.arn === arn);
    if (queue === undefined) throw new RangeError(`no queue ${arn} in the stack`);
    return queue;
  }

  /** What is there now; what is past the retention goes first. */
  function heldIn(arn: string): Held[] {
    const { name, retentionSeconds } = queueOf(arn);
    const bornAfter = clock.now() - retentionSeconds * 1000;
    const all = contents.get(arn) ?? [];
    const kept = all.filter(({ message }) => message.sentAt >= bornAfter);
    if (kept.length < all.length) {
      contents.set(arn, kept);
      expired(
        `${all.length - kept.length} messages of ${name} were deleted after ${retentionSeconds} seconds`,
      );
    }
    return kept;
  }

  function remove(arn: string, gone: (held: Held) => boolean): void {
    contents.set(
      arn,
      heldIn(arn).filter((held) => !gone(held)),
    );
  }

  function put(arn: string, held: Held): void {
    contents.set(arn, [...heldIn(arn), held]);
    arrived(arn, held.message.body);
  }

  function send(arn: string, { body, attributes = {}, senderId }: NewMessage): string {
    const now = clock.now();
    const messageId = randomUUID();
    const message = { messageId, body, attributes, senderId, sentAt: now, deadLetterSourceArn: null };
    put(arn, { message, visibleAt: now, receiveCount: 0, firstReceivedAt: null, receiptHandle: null });
    return messageId;
  }

  /** The message keeps its id and the time at which it was sent. */
  function giveUp(arn: string, deadLetterArn: string, held: Held): void {
    remove(arn, (one) => one === held);
    const message = { ...held.message, deadLetterSourceArn: arn };
    put(deadLetterArn, { ...held, message, visibleAt: clock.now(), receiptHandle: null });
  }

  function hide(queue: DeployedQueue, held: Held): ReceivedMessage {
    const now = clock.now();
    const received = {
      receiveCount: held.receiveCount + 1,
      firstReceivedAt: held.firstReceivedAt ?? now,
      visibleAt: now + queue.visibilityTimeoutSeconds * 1000,
      receiptHandle: randomUUID(),
    };
    const hidden = heldIn(queue.arn).map((one) => (one === held ? { ...held, ...received } : one));
    contents.set(queue.arn, hidden);
    return { ...held.message, ...received };
  }

  return {
    send,
    receive(arn, maximum) {
      const queue = queueOf(arn);
      const received: ReceivedMessage[] = [];
      for (const held of heldIn(arn)) {
        if (held.visibleAt > clock.now()) continue;
        if (queue.redrive !== null && held.receiveCount >= queue.redrive.maxReceiveCount) {
          giveUp(arn, queue.redrive.deadLetterArn, held);
        } else if (received.length < maximum) received.push(hide(queue, held));
      }
      return received;
    },
    delete: (arn, receiptHandle) => remove(arn, (held) => held.receiptHandle === receiptHandle),
    waiting: (arn) => heldIn(arn).map(({ message }) => message),
    redrive(deadLetterArn, destinationArn) {
      const moving = heldIn(deadLetterArn).filter(
        ({ message, visibleAt }) =>
          visibleAt <= clock.now() && (destinationArn ?? message.deadLetterSourceArn) !== null,
      );
      remove(deadLetterArn, (held) => moving.includes(held));
      for (const { message } of moving) {
        send(destinationArn ?? message.deadLetterSourceArn ?? deadLetterArn, message);
      }
      return moving.length;
    },
  };
}
