import { randomUUID } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import { entryHash } from '../../../contract/trail-entry.ts';
import type { World } from '../../../sandbox/world.ts';
import type { Ticket } from '../scenes/ticket.ts';

/** An approval as EventBridge would hand it over, the account of the ticket system included. */
export function approvalEvent({ clock, deployment }: World, ticket: Ticket, account = '333333333333') {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Root Task Approved',
    source: 'acme.tickets',
    account,
    time: new Date(clock.now()).toISOString(),
    region: deployment.region,
    resources: [],
    detail: ticket.approval(),
  };
}

/** A message of the failure queue of the first lane, as Lambda hands it over. */
export function queueEvent(world: World, failed: unknown, queueArn: string) {
  const body = JSON.stringify({
    version: '1.0',
    timestamp: new Date(world.clock.now()).toISOString(),
    requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    requestPayload: failed,
    responsePayload: { errorType: 'Forged', errorMessage: 'nobody said this' },
  });
  return {
    Records: [
      {
        messageId: randomUUID(),
        receiptHandle: 'forged',
        body,
        attributes: { ApproximateReceiveCount: '1' },
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: queueArn,
        awsRegion: world.deployment.region,
      },
    ],
  };
}

/** A record of the trail's stream that tells of an ending which is not in the trail. */
export function streamEvent({ clock }: World, ticket: Ticket) {
  const at = new Date(clock.now()).toISOString();
  const unsealed = {
    requestId: `jira/${ticket.id.toLowerCase()}/forged`,
    sequence: 3,
    at,
    month: at.slice(0, 7),
    ticket: ticket.reference,
    task: ticket.scene.task,
    target: ticket.scene.target(ticket.target),
    by: { function: 'forged', requestId: 'forged' },
    previousHash: null,
    kind: 'ended',
    ending: 'succeeded',
    code: 'unlocked',
    summary: 'Nothing of this ever happened.',
    remedy: null,
    after: null,
    session: null,
  };
  const entry = { ...unsealed, hash: entryHash(unsealed) };
  const { requestId, sequence } = entry;
  return {
    Records: [
      {
        eventID: randomUUID(),
        eventName: 'INSERT',
        eventSource: 'aws:dynamodb',
        dynamodb: {
          Keys: marshall({ requestId, sequence }),
          NewImage: marshall(entry),
          SequenceNumber: '1',
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
      },
    ],
  };
}
