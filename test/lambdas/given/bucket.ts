import { noPolicy, policyStateOf } from '../../../lambdas/resource-policy.ts';
import { failure } from '../../../lambdas/root-task/failures.ts';
import {
  type Inspected,
  type ResourcePolicyTask,
  resourcePolicyTask,
  type Showing,
} from '../../../lambdas/root-task/resource-policy-task.ts';
import type { DeniedInSession, Failed, RootTask } from '../../../lambdas/root-task/root-task.ts';
import type { GivenLane } from './lane.ts';

export const policyOf = (sid: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, Effect: 'Deny' }] });

export const lockingPolicy = policyOf('PipelineOnly');
export const repairedPolicy = policyOf('Repaired');

export const deniedInSession: DeniedInSession = {
  kind: 'denied-in-session',
  action: 's3:GetBucketPolicy',
  message: 'Access Denied',
  code: 'denied-by-organization',
};

export const noSuchBucket = (target: Parameters<typeof failure>[2]): Failed => ({
  kind: 'failed',
  ending: failure('no-such-bucket', 'unlock-s3-bucket', target),
});

/** How late AWS may show a change: as S3, without a bound. */
const asS3: Showing = { settle: 5_000, patience: [1_000, 2_000, 4_000, 8_000], bound: null };

/** A bucket that a root task can work on: its policy, and what S3 answers instead when it does not do as told. */
export class GivenBucket {
  policy: string | null = lockingPolicy;
  /** Answers of the next reads; what is not here is answered with the policy as it is. */
  readonly reads: (string | null | Failed | DeniedInSession | Error)[] = [];
  deletion: 'works' | 'answer lost' | 'never arrives' | Failed | DeniedInSession = 'works';
  readonly showing: Showing;
  readonly task: RootTask & ResourcePolicyTask;
  readonly #given: GivenLane;

  constructor(given: GivenLane, showing = asS3) {
    this.#given = given;
    this.showing = showing;
    this.task = resourcePolicyTask({
      name: 'unlock-s3-bucket',
      showing,
      inspect: async () => this.#inspect(),
    });
  }

  #inspect(): Inspected | Failed | DeniedInSession {
    const before = this.#look();
    if ('kind' in before) return before;
    return {
      kind: 'inspected',
      before,
      intended: noPolicy,
      look: async () => this.#look(),
      change: async () => this.#change(),
    };
  }

  #look() {
    const [scripted = this.policy] = this.reads.splice(0, 1);
    this.#given.happened.push('read');
    if (scripted instanceof Error) throw scripted;
    return typeof scripted === 'object' && scripted !== null ? scripted : policyStateOf(scripted);
  }

  #change() {
    if (typeof this.deletion === 'object') return this.deletion;
    if (this.deletion === 'never arrives') throw new Error('connect timeout');
    this.#given.happened.push('delete');
    this.policy = null;
    if (this.deletion === 'answer lost') throw new Error('socket hang up');
    return 'sent' as const;
  }
}
