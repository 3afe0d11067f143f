import { canonicalPolicy } from '../../../policy/canonical.ts';
import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { World } from '../../../sandbox/world.ts';
import { type Asking, askingFor, type Detail } from '../scenes/approval.ts';
import { account, type Fault, type Policy, type Step } from '../scenes/scene.ts';
import { openStories, type Plot } from '../scenes/stories.ts';
import { expectPolicyUntold } from './repair-untold.ts';

/** A bucket or a queue with a policy of its own. */
export interface Holder {
  readonly service: 's3' | 'sqs';
  readonly name: string;
  readonly arn: string;
  /** As an approval gives it. */
  readonly target: Detail;
}

/** What one story came to, and the policy that is there when it is over; null for none. */
export interface Told extends Answer {
  readonly policy: unknown;
}

/** One locked bucket or queue, and the ticket about it. */
export interface Case extends Asking, Holder {
  /** Its policy as it was given. */
  readonly given: Policy;
  ownerPuts(policy: Policy | null): Step;
  /** Another ticket for the same target, approved after all that has happened. */
  again(letter: string): Promise<Case>;
  play(steps: Plot, faults?: readonly Fault[]): Promise<Told>;
}

export interface Desk {
  readonly world: World;
  /** Puts this policy on a bucket or queue of its own, and a ticket about it comes up. */
  open(service: Holder['service'], policyOf: (holder: Holder) => Policy): Promise<Case>;
  close(): Promise<void>;
}

const targetsAtMost = 20;
/** A story with all its retries takes less. */
const longestStory = 6 * 60_000;
const regions = { s3: 'eu-north-1', sqs: 'eu-west-1' } as const;
const tasks = { s3: 'unlock-s3-bucket', sqs: 'unlock-sqs-queue' } as const;

export function holderOf(service: Holder['service'], nth: number): Holder {
  if (service === 'sqs') {
    const name = `orders-${nth}`;
    const arn = `arn:aws:sqs:${regions.sqs}:${account}:${name}`;
    return { service, name, arn, target: { queueArn: arn } };
  }
  const bucketName = `ledger-${nth}`;
  return {
    service,
    name: bucketName,
    arn: `arn:aws:s3:::${bucketName}`,
    target: { accountId: account, bucketName },
  };
}

const names = (service: Holder['service']) =>
  Array.from({ length: targetsAtMost }, (_, index) => ({
    name: holderOf(service, index + 1).name,
    region: regions[service],
  }));

/** The same policy has the same text here, however its service words it. */
export const canonical = (policy: unknown): unknown =>
  policy === null ? null : JSON.parse(canonicalPolicy(JSON.stringify(policy)));

/**
 * One world with an account whose buckets and queues are given a policy each. A ticket approves the repair, if nothing
 * else is said. Whatever a story comes to, nothing of its policies may be told outside the trail.
 */
export async function openDesk(): Promise<Desk> {
  const stories = await openStories({
    now: '2026-11-20T10:00:00Z',
    organization: {
      accounts: [{ id: account, name: 'project-prod', buckets: names('s3'), queues: names('sqs') }],
    },
  });
  const { world } = stories;
  let opened = 0;

  function caseOf(holder: Holder, given: Policy, id: string, more: Detail = {}): Case {
    const { arn, name, service, target } = holder;
    const ownerPuts = (policy: Policy | null): Step =>
      service === 'sqs'
        ? { putQueuePolicy: { queueArn: arn, policy } }
        : { putBucketPolicy: { accountId: account, bucketName: name, policy } };
    return {
      ...holder,
      ...askingFor(id, world.clock.now(), {
        task: tasks[service],
        target,
        reason: 'Nobody gets at it any more',
        more: { remedy: 'repair', ...more },
      }),
      given,
      ownerPuts,
      async again(letter) {
        // Events have whole seconds.
        await stories.pass(2_000);
        const approvedAt = new Date(world.clock.now()).toISOString();
        const approvals = [{ approver: 'lead@example.com', approvedAt }];
        return caseOf(holder, given, `${id}${letter}`, { approvals });
      },
      async play(steps, faults) {
        const answer = await stories.play(steps, faults);
        expectPolicyUntold(answer, given, arn);
        const [owner] = answer.organization.accounts.filter(({ id: owns }) => owns === account);
        const held = [...(owner?.buckets ?? []), ...(owner?.queues ?? [])];
        return { ...answer, policy: canonical(held.find((one) => one.name === name)?.policy ?? null) };
      },
    };
  }

  return {
    world,
    async open(service, policyOf) {
      await stories.letSchedulesPass(longestStory);
      opened += 1;
      const holder = holderOf(service, opened);
      const given = policyOf(holder);
      world.aws.setPolicy(holder.arn, given);
      return caseOf(holder, given, `SEC-${opened}`);
    },
    close: () => stories.close(),
  };
}
