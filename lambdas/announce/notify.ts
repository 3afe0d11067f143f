import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { lambdaEnvironment, notifyEnvironment } from '../../contract/environment.ts';
import type { ApprovedEntry, EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import { clientDefaults } from '../aws-clients.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { AuditTrail } from '../shared/trail.ts';
import { changeOf } from './change.ts';
import { inOrder } from './in-order.ts';
import { endingMessage, type Message, tamperingMessage } from './message.ts';

function wire() {
  const {
    AUDIT_TRAIL_TABLE,
    AWS_REGION: region,
    TOPIC_ARN,
  } = readEnvironment(notifyEnvironment.extend(lambdaEnvironment.shape));
  const sns = new SNSClient({ ...clientDefaults, region });
  const trail = new AuditTrail(new DynamoDBClient({ ...clientDefaults, region }), AUDIT_TRAIL_TABLE);
  return {
    trail,
    publish: async ({ subject, body }: Message) => {
      await sns.send(new PublishCommand({ TopicArn: TOPIC_ARN, Subject: subject, Message: body }));
    },
  };
}

async function approvalOf(
  entry: EndedEntry | RefusedEntry,
  trail: AuditTrail,
): Promise<ApprovedEntry | null> {
  if (entry.kind === 'refused') return null;
  const first = await trail.get(entry.requestId, 1);
  return first?.kind === 'approved' ? first : null;
}

let wired: ReturnType<typeof wire> | undefined;

/** Tells on-call of every ending, and of every change of the trail that is no ending. */
export async function handler(event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> {
  wired ??= wire();
  const { publish, trail } = wired;
  logger.addContext(context);
  return inOrder(event, async (record) => {
    const change = changeOf(record);
    switch (change.kind) {
      case 'step':
        return;
      case 'ending':
        await publish(endingMessage(change.entry, await approvalOf(change.entry, trail)));
        logger.info('on-call was told', {
          rootTaskRequest: change.entry.requestId,
          ending: change.entry.ending,
        });
        return;
      case 'tampering':
        await publish(tamperingMessage(change));
        logger.error('the trail was changed', { key: change.key, what: change.what });
        return;
      default:
        return change satisfies never;
    }
  });
}
