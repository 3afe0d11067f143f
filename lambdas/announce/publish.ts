import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import { lambdaEnvironment, publishEnvironment } from '../../contract/environment.ts';
import { clientDefaults } from '../aws-clients.ts';
import { systemClock } from '../clock.ts';
import { readEnvironment } from '../env.ts';
import { logger } from '../logger.ts';
import { AuditTrail } from '../shared/trail.ts';
import { Announced } from './announced.ts';
import { takeBatch } from './batch.ts';
import { tellBus } from './bus.ts';
import { catchUp, pageMilliseconds } from './catch-up.ts';
import { isScheduled, type Occasion } from './schedule.ts';
import { hasTimeIn } from './tell.ts';

function wire() {
  const environment = readEnvironment(publishEnvironment.extend(lambdaEnvironment.shape));
  const { AWS_REGION: region } = environment;
  const dynamodb = new DynamoDBClient({ ...clientDefaults, region });
  return {
    clock: systemClock,
    trail: new AuditTrail(dynamodb, environment.AUDIT_TRAIL_TABLE),
    announced: new Announced(dynamodb, environment.ANNOUNCED_TABLE, 'bus', systemClock),
    events: new EventBridgeClient({ ...clientDefaults, region }),
    busName: environment.BUS_NAME,
  };
}

let wired: ReturnType<typeof wire> | undefined;

/** Puts an outcome event on the bus for every ending, for ticket systems to take up; by schedule, those left behind. */
export async function handler(occasion: Occasion, context: Context): Promise<DynamoDBBatchResponse | null> {
  wired ??= wire();
  logger.addContext(context);
  const bus = { ...wired, hasTime: hasTimeIn(context) };
  if (!isScheduled(occasion)) return takeBatch(occasion, bus.trail, (news) => tellBus(news, bus));
  await catchUp({
    ...bus,
    hasTime: hasTimeIn(context, pageMilliseconds),
    tell: (news) => tellBus(news, bus),
  });
  return null;
}
