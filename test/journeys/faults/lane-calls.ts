import type { Answer } from '../../../sandbox/scenario/answer.ts';
import type { Fault, Scene } from '../scenes/scene.ts';

/** One AWS call of a run: `nth` counts the calls of its operation in the whole story. */
export interface LaneCall {
  readonly what: string;
  readonly service: Fault['service'];
  readonly operation: string;
  readonly nth: number;
}

/** The calls of a run up to the root session: the same code for every root task. */
const opening: readonly LaneCall[] = [
  { what: 'taking the delivery lock', service: 'dynamodb', operation: 'PutItem', nth: 1 },
  { what: 'reading the switch', service: 'ssm', operation: 'GetParameter', nth: 1 },
  { what: 'reading the chain', service: 'dynamodb', operation: 'Query', nth: 1 },
  { what: 'looking for a refusal, or whose turn it is', service: 'dynamodb', operation: 'GetItem', nth: 1 },
  { what: 'looking whose turn it is, or for a refusal', service: 'dynamodb', operation: 'GetItem', nth: 2 },
  { what: 'recording the approval, or taking the turn', service: 'dynamodb', operation: 'PutItem', nth: 2 },
  { what: 'taking the turn, or recording the approval', service: 'dynamodb', operation: 'PutItem', nth: 3 },
  { what: 'taking on the task role', service: 'sts', operation: 'AssumeRole', nth: 1 },
  { what: 'reading the switch again', service: 'ssm', operation: 'GetParameter', nth: 2 },
  { what: 'opening the root session', service: 'sts', operation: 'AssumeRoot', nth: 1 },
];

/** The calls of a root session up to the change: the root task's own, and what is written down between them. */
const work = ({ service, find, read, change }: Scene): LaneCall[] => [
  { what: 'finding the target', service, operation: find, nth: 1 },
  { what: 'reading the policy', service, operation: read, nth: 1 },
  { what: 'declaring the attempt', service: 'dynamodb', operation: 'PutItem', nth: 4 },
  { what: 'changing the policy', service, operation: change, nth: 1 },
];

/** Every AWS call that a lane makes when nothing goes wrong. A test holds the list to what a clean run calls. */
export const callsOfACleanRun = (scene: Scene): LaneCall[] => [
  ...opening,
  ...work(scene),
  { what: 'reading back', service: scene.service, operation: scene.read, nth: 2 },
  { what: 'recording the ending', service: 'dynamodb', operation: 'PutItem', nth: 5 },
  { what: 'completing the lock', service: 'dynamodb', operation: 'UpdateItem', nth: 1 },
];

/** Every AWS call of a run that dies when it has sent the change. */
export const callsUntilTheChange = (scene: Scene): LaneCall[] => [...opening, ...work(scene)];

/** Every AWS call of its retry. */
export const callsOfARetry = ({ service, find, read, change }: Scene): LaneCall[] => [
  { what: 'taking the lapsed lock', service: 'dynamodb', operation: 'PutItem', nth: 5 },
  { what: 'reading the switch', service: 'ssm', operation: 'GetParameter', nth: 3 },
  { what: 'reading the chain', service: 'dynamodb', operation: 'Query', nth: 2 },
  { what: 'looking for a refusal, or whose turn it is', service: 'dynamodb', operation: 'GetItem', nth: 3 },
  { what: 'looking whose turn it is, or for a refusal', service: 'dynamodb', operation: 'GetItem', nth: 4 },
  { what: 'taking the turn again', service: 'dynamodb', operation: 'PutItem', nth: 6 },
  { what: 'taking on the task role', service: 'sts', operation: 'AssumeRole', nth: 2 },
  { what: 'reading the switch again', service: 'ssm', operation: 'GetParameter', nth: 4 },
  { what: 'opening the root session', service: 'sts', operation: 'AssumeRoot', nth: 2 },
  { what: 'finding the target', service, operation: find, nth: 2 },
  { what: 'reading the policy', service, operation: read, nth: 2 },
  { what: 'reading it a second time', service, operation: read, nth: 3 },
  { what: 'declaring the second attempt', service: 'dynamodb', operation: 'PutItem', nth: 7 },
  { what: 'changing the policy', service, operation: change, nth: 2 },
  { what: 'reading back', service, operation: read, nth: 4 },
  { what: 'recording the ending', service: 'dynamodb', operation: 'PutItem', nth: 8 },
  { what: 'completing the lock', service: 'dynamodb', operation: 'UpdateItem', nth: 1 },
];

/** The lanes' own principals: their functions, their task roles, and root of the member account. */
const principals = /assumed-role\/[^/]*(?:Unlock|Restore)[^/]*(?:Function|TaskRole)|:root$/;

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
