import type { PolicyState } from '../../../contract/trail-entry.ts';
import { policyStateOf } from '../../../lambdas/resource-policy.ts';
import { failure } from '../../../lambdas/root-task/failures.ts';
import { unlocking } from '../../../lambdas/root-task/policies/unlocking.ts';
import {
  type Inspected,
  type ResourcePolicyTask,
  resourcePolicyTask,
  type Showing,
} from '../../../lambdas/root-task/resource-policy-task.ts';
import type { DeniedInSession, Failed, RootTask } from '../../../lambdas/root-task/root-task.ts';
import type { GivenLane } from './lane.ts';

type Statement = Readonly<Record<string, unknown>>;

export const documentOf = (...Statement: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** The only one whom the locking policy spares. */
export const pipelineArn = 'arn:aws:iam::156041421443:role/pipeline';

/** Locks everybody but the pipeline out of the bucket and of all that is in it. */
export const policyOf = (sid: string) =>
  documentOf({
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: ['arn:aws:s3:::project-prod-1', 'arn:aws:s3:::project-prod-1/*'],
    Condition: { StringNotEquals: { 'aws:PrincipalArn': pipelineArn } },
  });

export const lockingPolicy = policyOf('PipelineOnly');

/** What nobody is locked out by. */
export const harmlessPolicy = documentOf({
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::project-prod-1/*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});
export const repairedPolicy = harmlessPolicy;

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
  change: 'works' | 'answer lost' | 'never arrives' | Failed | DeniedInSession = 'works';
  readonly showing: Showing;
  readonly task: RootTask & ResourcePolicyTask;
  readonly #given: GivenLane;

  constructor(given: GivenLane, showing = asS3, verb = unlocking) {
    this.#given = given;
    this.showing = showing;
    this.task = resourcePolicyTask({
      name: verb === unlocking ? 'unlock-s3-bucket' : 'restore-s3-bucket-policy',
      showing,
      verb,
      inspect: async () => this.#inspect(),
    });
  }

  #inspect(): Inspected | Failed | DeniedInSession {
    const before = this.#look();
    if ('kind' in before) return before;
    return {
      kind: 'inspected',
      before,
      look: async () => this.#look(),
      change: async (intended) => this.#change(intended),
    };
  }

  #look() {
    const [scripted = this.policy] = this.reads.splice(0, 1);
    this.#given.happened.push('read');
    if (scripted instanceof Error) throw scripted;
    return typeof scripted === 'object' && scripted !== null ? scripted : policyStateOf(scripted);
  }

  #change({ policy }: PolicyState) {
    if (typeof this.change === 'object') return this.change;
    if (this.change === 'never arrives') throw new Error('connect timeout');
    this.#given.happened.push(policy === null ? 'delete' : 'put');
    this.policy = policy;
    if (this.change === 'answer lost') throw new Error('socket hang up');
    return 'sent' as const;
  }
}
