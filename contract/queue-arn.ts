import * as z from 'zod';
import { type AccountId, accountId } from './account-id.ts';

const expected =
  'expected the ARN of an SQS queue, for example "arn:aws:sqs:eu-west-1:156041421443:orders" (a name or URL is not enough)';

/** Source of the name's characters: SQS API reference, CreateQueue; FIFO names end in ".fifo", within the 80. */
const shape =
  /^arn:(aws|aws-[a-z]+(?:-[a-z]+)*):sqs:([a-z]{2,}(?:-[a-z]+)+-\d{1,2}):(\d{12}):(?=[\w.-]{1,80}$)([\w-]+(?:\.fifo)?)$/;

export const queueArn = z.string(expected).regex(shape, expected).brand<'QueueArn'>();

/** The ARN of an SQS queue: it names account, Region and queue, in one place. */
export type QueueArn = z.infer<typeof queueArn>;

export interface QueueArnParts {
  readonly partition: string;
  readonly region: string;
  readonly accountId: AccountId;
  readonly name: string;
}

/** What a queue's ARN says. */
export function readQueueArn(arn: QueueArn): QueueArnParts {
  const [, partition, region, account, name] = shape.exec(arn) ?? [];
  if (partition === undefined || region === undefined || name === undefined)
    throw new Error(`${arn} is no queue ARN`);
  return { partition, region, accountId: accountId.parse(account), name };
}
