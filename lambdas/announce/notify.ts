import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { lambdaEnvironment, notifyEnvironment } from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { AuditTrail } from '../shared/trail.ts';
import { together } from '../together.ts';
import { Announced } from './announced.ts';
import { takeBatch } from './batch.ts';
import { catchUp, pageMilliseconds } from './catch-up.ts';
import type { Message } from './message.ts';
import { tellFromStream, tellLate } from './on-call.ts';
import { isScheduled, type Occasion } from './schedule.ts';
import { countSubscriptions } from './subscriptions.ts';
import { hasTimeIn } from './tell.ts';

function wire() {
  const environment = readEnvironment(notifyEnvironment.extend(lambdaEnvironment.shape));
  const { AWS_REGION: region, TOPIC_ARN: topicArn } = environment;
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region });
  const sns = new SNSClient({ ...clientDefaults, region });
  return {
    clock: systemClock,
    sns,
    topics: { endings: topicArn, alarms: environment.ALARM_TOPIC_ARN },
    trail: new AuditTrail(dynamodb, environment.AUDIT_TRAIL_TABLE),
    announced: new Announced(dynamodb, environment.ANNOUNCED_TABLE, 'on-call', systemClock),
    publish: async ({ subject, body }: Message) => {
      await sns.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: body }));
    },
  };
}

let wired: ReturnType<typeof wire> | undefined;

/**
 * Tells on-call of every ending, and of every change of the trail that is no entry of rootdesk's. By schedule it tells
 * what was not told, and counts who listens.
 */
export async function handler(occasion: Occasion, context: Context): Promise<DynamoDBBatchResponse | null> {
  wired ??= wire();
  logger.addContext(context);
  const desk = { ...wired, hasTime: hasTimeIn(context) };
  if (!isScheduled(occasion)) return takeBatch(occasion, desk.trail, (news) => tellFromStream(news, desk));
  await together(
    catchUp({
      ...desk,
      hasTime: hasTimeIn(context, pageMilliseconds),
      tell: (news) => tellLate(news, desk),
    }),
    countSubscriptions(desk.sns, desk.topics),
  );
  return null;
}
