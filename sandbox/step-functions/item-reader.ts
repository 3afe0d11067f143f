import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Aws, Clock, DeployedStateMachine, Deployment } from '../parts.ts';
import { refusalOf } from '../put-events.ts';
import { StateError } from './state-error.ts';

export interface ItemReaderParts {
  readonly deployment: Deployment;
  readonly clock: Clock;
  readonly aws: Pick<Aws, 'endpoint' | 'credentialsForRole'>;
}

/** Where a map's items lie, its paths resolved. */
export interface ItemsPlace {
  readonly Bucket: string;
  readonly Key: string;
}

/**
 * Reads the items of a map from S3 with the real client and the machine's role, so that what S3 and IAM say of it
 * counts. Source: Step Functions Developer Guide, "ItemReader (Map)".
 */
export async function readItems(
  { deployment, clock, aws }: ItemReaderParts,
  machine: DeployedStateMachine,
  place: ItemsPlace,
  mostItems: number | undefined,
): Promise<readonly unknown[]> {
  const text = await textOf({ deployment, clock, aws }, machine, place);
  const items = parsed(text);
  if (!Array.isArray(items)) {
    throw failed(`Attempting to map over non-iterable node: ${place.Bucket}/${place.Key} is no JSON array.`);
  }
  return mostItems === undefined ? items : items.slice(0, mostItems);
}

const failed = (cause: string) => new StateError('States.ItemReaderFailed', cause);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw failed('Attempting to parse JSON failed.');
  }
}

async function textOf(
  { deployment, clock, aws }: ItemReaderParts,
  machine: DeployedStateMachine,
  { Bucket, Key }: ItemsPlace,
): Promise<string> {
  const client = new S3Client({
    region: deployment.region,
    endpoint: aws.endpoint,
    forcePathStyle: true,
    // No environment of a function stands behind these credentials: a fault can end none.
    credentials: aws.credentialsForRole(machine.roleArn, machine.name, machine.arn),
    systemClockOffset: clock.now() - Date.now(),
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  });
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  } catch (error) {
    throw failed(`Attempting to read ${Bucket}/${Key} failed: ${refusalOf(error)}`);
  } finally {
    client.destroy();
  }
}
