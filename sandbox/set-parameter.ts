import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Aws, Clock, Deployment } from './parts.ts';
import { refusalOf } from './put-events.ts';

/**
 * Puts a value over a parameter with the real client, as an operator would: signed, and allowed or refused by IAM.
 * Gives why it was refused, or null.
 */
export async function setParameter(
  parts: { readonly aws: Aws; readonly clock: Clock; readonly deployment: Deployment },
  principalArn: string,
  parameterArn: string,
  value: string,
): Promise<string | null> {
  const { aws, clock, deployment } = parts;
  const client = new SSMClient({
    region: deployment.region,
    endpoint: aws.endpoint,
    credentials: aws.credentialsForPrincipal(principalArn),
    systemClockOffset: clock.now() - Date.now(),
    requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
  });
  try {
    await client.send(new PutParameterCommand({ Name: parameterArn, Value: value, Overwrite: true }));
    return null;
  } catch (error) {
    return refusalOf(error);
  } finally {
    client.destroy();
  }
}
