import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { clientOptionsOf, type Reachable } from './principal-client.ts';
import { refusalOf } from './put-events.ts';

/**
 * Puts a value over a parameter with the real client, as an operator would: signed, and allowed or refused by IAM.
 * Gives why it was refused, or null.
 */
export async function setParameter(
  parts: Reachable,
  principalArn: string,
  parameterArn: string,
  value: string,
): Promise<string | null> {
  const client = new SSMClient(clientOptionsOf(parts, principalArn));
  try {
    await client.send(new PutParameterCommand({ Name: parameterArn, Value: value, Overwrite: true }));
    return null;
  } catch (error) {
    return refusalOf(error);
  } finally {
    client.destroy();
  }
}
