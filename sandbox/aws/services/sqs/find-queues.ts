import { type Backstage, type Call, type Operation, plainResource } from '../../operation.ts';
import type { JsonWire } from '../../wire/json.ts';
import { accessDenied, invalidParameterValue, queueDoesNotExist } from './errors.ts';
import { findQueue, type QueuePlace, queueArn, queueResource, queuesOf } from './queues.ts';

/** The URL of a queue by its name, and by its owner where that is another account than the caller's. */
export function getQueueUrl(backstage: Backstage, wire: JsonWire): Operation {
  const addressed = (call: Call) => {
    const queue = findQueue(backstage, placeIn(call));
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  };
  return {
    resource: (call) => queueArn(backstage, placeIn(call)),
    permissions: (call) => [
      { action: 'sqs:GetQueueUrl', resource: queueResource(addressed(call)), refusal: hiddenQueue },
    ],
    respond: (call) => wire.success({ QueueUrl: addressed(call).url }),
  };
}

/**
 * Who may not ask for a URL is not told that he may not: reports from real accounts, in which the queue was the
 * caller's own or another account's, all show this text and never an AccessDenied.
 */
function hiddenQueue() {
  return queueDoesNotExist('The specified queue does not exist or you do not have access to it.');
}

function placeIn({ input, principal, region }: Call): QueuePlace {
  const { QueueName: name, QueueOwnerAWSAccountId: owner } = input;
  return { accountId: String(owner ?? principal.accountId), region, name: String(name) };
}

/** The caller's own account's queues in the Region of the call; a further page only to who set MaxResults. */
export function listQueues(backstage: Backstage, wire: JsonWire): Operation {
  return {
    resource: () => '*',
    permissions({ principal, region }) {
      // IAM decides on `*`, the refusal names an ARN without a queue.
      const arn = queueArn(backstage, { accountId: principal.accountId, region, name: '' });
      const refusal = (message: string) =>
        accessDenied(message.replace('on resource: *', `on resource: ${arn}`));
      return [{ action: 'sqs:ListQueues', resource: plainResource('*', principal.accountId), refusal }];
    },
    respond(call) {
      const { prefix, after, size } = pageIn(call);
      const matching = queuesOf(backstage, call.principal.accountId, call.region).filter(
        ({ name }) => name.startsWith(prefix) && name > after,
      );
      const page = matching.slice(0, size ?? largestPage);
      const last = page.at(-1);
      const hasMore = size !== undefined && matching.length > page.length && last !== undefined;
      return wire.success({
        ...(page.length > 0 && { QueueUrls: page.map(({ url }) => url) }),
        ...(hasMore && { NextToken: Buffer.from(last.name).toString('base64url') }),
      });
    },
  };
}

const largestPage = 1000;

function pageIn({ input }: Call): { prefix: string; after: string; size: number | undefined } {
  const { QueueNamePrefix: prefix = '', NextToken: token, MaxResults: size } = input;
  const isSize = Number.isInteger(size) && Number(size) >= 1 && Number(size) <= largestPage;
  if (size !== undefined && !isSize) {
    throw invalidParameterValue('MaxResults', String(size), 'Must be an integer from 1 to 1000');
  }
  return {
    prefix: String(prefix),
    after: token === undefined ? '' : Buffer.from(String(token), 'base64url').toString(),
    size: size === undefined ? undefined : Number(size),
  };
}
