import type { Backstage, Service } from '../operation.ts';
import { dynamoDbService } from './dynamodb/dynamodb.ts';
import type { DynamoDbEngine } from './dynamodb/engine.ts';
import { createTableWriter } from './dynamodb/table-writer.ts';
import { eventsService } from './events/events.ts';
import { iamService } from './iam/iam.ts';
import { lambdaService } from './lambda.ts';
import { organizationsService } from './organizations/organizations.ts';
import { s3Service } from './s3/s3.ts';
import { schedulerService } from './scheduler.ts';
import { snsService } from './sns.ts';
import { sqsService } from './sqs.ts';
import { ssmService } from './ssm.ts';
import { statesService } from './states.ts';
import { stsService } from './sts/sts.ts';

/** Every service that is modelled, by the name in its credential scope. */
export function createServices(
  backstage: Backstage,
  engine: DynamoDbEngine,
): Readonly<Record<string, Service>> {
  const { engines } = backstage;
  return {
    ...(engines !== null && {
      lambda: lambdaService(backstage, engines),
      scheduler: schedulerService(backstage, engines),
      states: statesService(backstage, engines),
    }),
    dynamodb: dynamoDbService(backstage, engine, createTableWriter(engine, backstage.events)),
    events: eventsService(backstage),
    iam: iamService(backstage),
    organizations: organizationsService(backstage),
    s3: s3Service(backstage),
    sns: snsService(backstage),
    sqs: sqsService(backstage),
    ssm: ssmService(backstage),
    sts: stsService(backstage),
  };
}
