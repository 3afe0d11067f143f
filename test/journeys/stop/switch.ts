import { DeleteParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { switchParameterName } from '../../../contract/switch.ts';
import type { World } from '../../../sandbox/world.ts';
import type { Step } from '../scenes/scene.ts';

/** The runbook's two commands, by whoever is on call in the account in which rootdesk runs. */
export const stop: Step = { setParameter: { as: 'insider', value: 'stopped' } };
export const start: Step = { setParameter: { as: 'insider', value: 'running' } };

/** Somebody deletes the switch. */
export async function deleteSwitch({ aws, clock, deployment }: World): Promise<void> {
  const client = new SSMClient({
    endpoint: aws.endpoint,
    region: deployment.region,
    credentials: aws.credentialsForPrincipal(`arn:aws:iam::${deployment.accountId}:role/admin`),
    systemClockOffset: clock.now() - Date.now(),
  });
  await client.send(new DeleteParameterCommand({ Name: switchParameterName }));
  client.destroy();
}
