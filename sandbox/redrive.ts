import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { clientOptionsOf, type Reachable } from './principal-client.ts';
import { refusalOf } from './put-events.ts';

/**
 * Moves what is in a dead-letter queue back to where it came from, with the real client, as an operator would: signed,
 * and allowed or refused by IAM. Gives why it was refused, or null.
 */
export async function redrive(
  parts: Reachable,
  principalArn: string,
  deadLetterArn: string,
): Promise<string | null> {
  const client = new SQSClient(clientOptionsOf(parts, principalArn));
  try {
    await client.send(new StartMessageMoveTaskCommand({ SourceArn: deadLetterArn }));
    return null;
  } catch (error) {
    return refusalOf(error);
  } finally {
    client.destroy();
  }
}
