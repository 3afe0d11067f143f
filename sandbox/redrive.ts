import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import type { Aws, Clock, Deployment } from './parts.ts';
import { refusalOf } from './put-events.ts';

/**
 * Moves what is in a dead-letter queue back to where it came from, with the real client, as an operator would: signed,
 * and allowed or refused by IAM. Gives why it was refused, or null.
 */
export async function redrive(
  parts: { readonly aws: Aws; readonly clock: Clock; readonly deployment: Deployment },
  principalArn: string,
  deadLetterArn: string,
): Promise<string | null> {
  const { aws, clock, deployment } = parts;
  const client = new SQSClient({
    region: deployment.region,
    endpoint: aws.endpoint,
    credentials: aws.credentialsForPrincipal(principalArn),
    systemClockOffset: clock.now() - Date.now(),
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  });
  try {
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetterArn }));
    return null;
  } catch (error) {
    return refusalOf(error);
  } finally {
    client.destroy();
  }
}
