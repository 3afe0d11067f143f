import * as z from 'zod';
import { type AccountId, accountId } from './account-id.ts';

const expected =
  'expected the ARN of an SQS queue, for example "arn:aws:sqs:eu-west-1:156041421443:orders" (a name or URL is not enough)';

/** Source of the name's characters: SQS API reference, CreateQueue; FIFO names end in ".fifo", within the 80. */
const shape =
  /^arn:(aws|aws-[a-z]+(?:-[a-z]+)*):sqs:([a-z]{2,}(?:-[a-z]+)+-\d{1,2}):(\d{12}):(?=[\w.-]{1,80}$)([\w-]+(?:\.fifo)?)$/;

/** How Regions begin in the partitions that are not the common one. Source: the AWS SDK's own table of partitions. */
const regionsOf: Readonly<Record<string, RegExp>> = {
  'aws-cn': /^cn-/,
  'aws-us-gov': /^us-gov-/,
  'aws-iso': /^us-iso-/,
  'aws-iso-b': /^us-isob-/,
  'aws-iso-e': /^eu-isoe-/,
  'aws-iso-f': /^us-isof-/,
  'aws-eusc': /^eusc-/,
};

/** A Region decides to which host a root session's signature is sent: it has to be one of its partition. */
function isOfItsPartition(arn: string): boolean {
  const [, partition = '', region = ''] = shape.exec(arn) ?? [];
  const own = regionsOf[partition];
  if (own !== undefined) return own.test(region);
  return partition === 'aws' && !Object.values(regionsOf).some((other) => other.test(region));
}

export const queueArn = z
  .string(expected)
  .regex(shape, expected)
  .refine(isOfItsPartition, {
    error: 'expected an ARN whose Region is in its partition, for example "arn:aws:sqs:eu-west-1:…"',
    when: ({ value }) => typeof value === 'string' && shape.test(value),
  })
  .brand<'QueueArn'>();

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
