import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';

export const queueRegion = 'eu-north-1';
export const ordersArn = `arn:aws:sqs:${queueRegion}:${f.member}:orders`;
export const ordersUrl = urlOf('orders');

export function urlOf(name: string, accountId = f.member, region = queueRegion): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}

/** Shut out everybody who is not a role that was deleted since. */
export const ordersLockout = f.policy({
  Sid: 'PipelineOnly',
  ...f.deny('sqs:*', ordersArn),
  Principal: '*',
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${f.member}:role/deleted-pipeline` } },
});

/** The member has a locked queue and three open ones, the other member has one of the same name. */
export function startWithQueues(more: Parameters<typeof f.startWorld>[0] = {}): Promise<f.World> {
  const open = { region: queueRegion, policy: null };
  const queues = [
    { name: 'orders', region: queueRegion, policy: ordersLockout },
    { name: 'orders.fifo', ...open },
    { name: 'invoices', ...open },
    { name: 'elsewhere', region: f.region, policy: null },
  ];
  const accounts = [
    f.account(f.member, { queues }),
    f.account(f.otherMember, { queues: [{ name: 'orders', ...open }] }),
  ];
  return f.startWorld({ organization: f.organization({ accounts }), ...more });
}

/** A client as the product makes it: the endpoint is the Region's, whatever a queue's URL says. */
export function sqsClient(world: f.World, who: string | Credentials, region = queueRegion): SQSClient {
  return new SQSClient({ ...world.as(who, region), useQueueUrlAsEndpoint: false });
}

/** A root session of a member under the SQS task policy. */
export async function openQueueSession(world: f.World, target = f.member): Promise<Credentials> {
  const { Credentials } = await new STSClient(world.as(f.insider)).send(
    new AssumeRootCommand({ TargetPrincipal: target, TaskPolicyArn: { arn: f.sqsTask } }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
    expiresAt: Credentials?.Expiration?.getTime() ?? 0,
  };
}

export function policyInState(world: f.World, name = 'orders', accountId = f.member): unknown {
  const account = world.organization.accounts.find(({ id }) => id === accountId);
  return account?.queues.find((queue) => queue.name === name)?.policy;
}
