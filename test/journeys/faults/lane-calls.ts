import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';

export type Fault = NonNullable<ScenarioInput['faults']>[number];

/** One AWS call of a run: `nth` counts the calls of its operation in the whole story. */
export interface LaneCall {
  readonly what: string;
  readonly service: Fault['service'];
  readonly operation: string;
  readonly nth: number;
}

/** Every AWS call that the lane makes when nothing goes wrong. A test holds the list to what a clean run calls. */
export const callsOfACleanRun: readonly LaneCall[] = [
  { what: 'taking the delivery lock', service: 'dynamodb', operation: 'PutItem', nth: 1 },
  { what: 'reading the chain', service: 'dynamodb', operation: 'Query', nth: 1 },
  { what: 'reading whose turn it is', service: 'dynamodb', operation: 'GetItem', nth: 1 },
  { what: 'recording the approval, or taking the turn', service: 'dynamodb', operation: 'PutItem', nth: 2 },
  { what: 'taking the turn, or recording the approval', service: 'dynamodb', operation: 'PutItem', nth: 3 },
  { what: 'taking on the task role', service: 'sts', operation: 'AssumeRole', nth: 1 },
  { what: 'opening the root session', service: 'sts', operation: 'AssumeRoot', nth: 1 },
  { what: 'finding the bucket', service: 's3', operation: 'ListBuckets', nth: 1 },
  { what: 'reading the policy', service: 's3', operation: 'GetBucketPolicy', nth: 1 },
  { what: 'declaring the attempt', service: 'dynamodb', operation: 'PutItem', nth: 4 },
  { what: 'deleting the policy', service: 's3', operation: 'DeleteBucketPolicy', nth: 1 },
  { what: 'reading back', service: 's3', operation: 'GetBucketPolicy', nth: 2 },
  { what: 'recording the ending', service: 'dynamodb', operation: 'PutItem', nth: 5 },
  { what: 'completing the lock', service: 'dynamodb', operation: 'UpdateItem', nth: 1 },
];

/** Every AWS call of the retry of a run that died when it sent the deletion. */
export const callsOfARetry: readonly LaneCall[] = [
  { what: 'taking the lapsed lock', service: 'dynamodb', operation: 'PutItem', nth: 5 },
  { what: 'reading the chain', service: 'dynamodb', operation: 'Query', nth: 2 },
  { what: 'reading whose turn it is', service: 'dynamodb', operation: 'GetItem', nth: 2 },
  { what: 'taking the turn again', service: 'dynamodb', operation: 'PutItem', nth: 6 },
  { what: 'taking on the task role', service: 'sts', operation: 'AssumeRole', nth: 2 },
  { what: 'opening the root session', service: 'sts', operation: 'AssumeRoot', nth: 2 },
  { what: 'finding the bucket', service: 's3', operation: 'ListBuckets', nth: 2 },
  { what: 'reading the policy', service: 's3', operation: 'GetBucketPolicy', nth: 2 },
  { what: 'reading it a second time', service: 's3', operation: 'GetBucketPolicy', nth: 3 },
  { what: 'declaring the second attempt', service: 'dynamodb', operation: 'PutItem', nth: 7 },
  { what: 'deleting the policy', service: 's3', operation: 'DeleteBucketPolicy', nth: 2 },
  { what: 'reading back', service: 's3', operation: 'GetBucketPolicy', nth: 4 },
  { what: 'recording the ending', service: 'dynamodb', operation: 'PutItem', nth: 8 },
  { what: 'completing the lock', service: 'dynamodb', operation: 'UpdateItem', nth: 1 },
];

/** The lane's own principals: its function, its task role, and root of the member account. */
const principals = /assumed-role\/[^/]*(?:UnlockS3BucketFunction|UnlockS3BucketTaskRole)|:root$/;

/** Its calls in a story, as the lists above have them. */
export function laneCalls({ calls }: Answer): Omit<LaneCall, 'what'>[] {
  const seen = new Map<string, number>();
  return calls.flatMap(({ principal, service, operation }) => {
    const nth = (seen.get(`${service} ${operation}`) ?? 0) + 1;
    seen.set(`${service} ${operation}`, nth);
    return principals.test(principal) ? { service: service as Fault['service'], operation, nth } : [];
  });
}

/** A fault that strikes this one call. */
export function faultAt(
  { service, operation, nth }: LaneCall,
  when: Fault['when'],
  effect: Fault['effect'],
  times = 1,
): Fault {
  return { service, operation, when, effect, times, skip: nth - 1 };
}
