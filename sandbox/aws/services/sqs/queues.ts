import { urlSuffix } from '../../../assembly/stack-names.ts';
import type { Account, PolicyDocument } from '../../../parts.ts';
import type { Backstage, Call, Resource } from '../../operation.ts';
import { findAccount } from '../../organization.ts';
import { statedPolicy } from '../../stated-policy.ts';
import { queueDoesNotExist } from './errors.ts';

/** Where a queue is: names are unique within one account and Region only. */
export interface QueuePlace {
  readonly accountId: string;
  readonly region: string;
  readonly name: string;
}

export interface Queue extends QueuePlace {
  readonly arn: string;
  readonly url: string;
  /** The member's queue in the organization's state; null for a queue of the stack. */
  readonly held: Account['queues'][number] | null;
  /** The policy as it shows now. */
  policy(): PolicyDocument | null;
}

/** All queues of an account in a Region, by name. */
export function queuesOf(backstage: Backstage, accountId: string, region: string): Queue[] {
  const { deployment, organization, policies } = backstage;
  const held = findAccount(organization, accountId)?.queues ?? [];
  const ofMember = held
    .filter((queue) => queue.region === region)
    .map((queue) => {
      const place = { accountId, region, name: queue.name };
      const arn = queueArn(backstage, place);
      const policy = () => statedPolicy(policies.shown('sqs', queue), `queue ${arn}`);
      return { ...place, arn, url: queueUrl(backstage, place), held: queue, policy };
    });
  const ofStack = deployment.queues
    .filter(({ arn }) => arn.startsWith(`arn:${deployment.partition}:sqs:${region}:${accountId}:`))
    .map(({ name, arn, url, policy }) => ({
      accountId,
      region,
      name,
      arn,
      url,
      held: null,
      policy: () => policy,
    }));
  return [...ofMember, ...ofStack].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function findQueue(backstage: Backstage, { accountId, region, name }: QueuePlace): Queue | undefined {
  return queuesOf(backstage, accountId, region).find((queue) => queue.name === name);
}

export function findQueueByArn(backstage: Backstage, arn: string): Queue | undefined {
  const [, , , region = '', accountId = ''] = arn.split(':');
  return queuesOf(backstage, accountId, region).find((queue) => queue.arn === arn);
}

/** The queue that a call names by its URL, or SQS's answer where there is none. */
export function addressedQueue(backstage: Backstage, call: Call): Queue {
  const queue = findQueue(backstage, placeOfUrl(call));
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
}

/** What the call log says of a call that names its queue by URL. */
export function addressedArn(backstage: Backstage, call: Call): string {
  const place = placeOfUrl(call);
  return place.name === '' ? String(call.input.QueueUrl ?? '') : queueArn(backstage, place);
}

/**
 * Which queue a QueueUrl means: account and name are in its path, the Region is that of the endpoint that was called.
 * Its host decides nothing, and a name alone means the caller's own queue.
 */
function placeOfUrl({ input, principal, region }: Call): QueuePlace {
  const found = /(?:^|\/)(?:(?<account>\d{12})\/)?(?<name>[\w-]+(?:\.fifo)?)$/.exec(String(input.QueueUrl));
  return {
    accountId: found?.groups?.account ?? principal.accountId,
    region,
    name: found?.groups?.name ?? '',
  };
}

export function queueResource({ arn, accountId, policy, held }: Queue): Resource {
  return { arn, accountId, policy: policy(), policyOfStack: held === null };
}

export function queueArn({ deployment }: Backstage, { accountId, region, name }: QueuePlace): string {
  return `arn:${deployment.partition}:sqs:${region}:${accountId}:${name}`;
}

function queueUrl({ deployment }: Backstage, { accountId, region, name }: QueuePlace): string {
  const domain = urlSuffix(deployment.partition);
  return `https://sqs.${region}.${domain}/${accountId}/${name}`;
}
