import { messageOfError, nameOfError } from '../../aws-errors.ts';
import { failure } from '../failures.ts';
import type { Failed } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';

/**
 * What AWS says of a policy in words of its own. Others may quote the policy, and its text leaves the trail for nobody.
 * Source: S3 API Reference, PutBucketPolicy, and S3 User Guide, "Blocking public access"; no list is documented.
 */
const ownWords = [
  "Policies must be valid JSON and the first byte must be '{'",
  'Missing required field Statement',
  'Invalid principal in policy',
  'Policy has invalid resource',
  'Action does not apply to any resource(s) in statement',
  'Policy has invalid action',
  'Policy has an invalid condition key',
  'Invalid policy syntax.',
  'Normalized policy document exceeds the maximum allowed size of 20480 bytes',
  'Invalid value for the parameter Policy.',
];

/** AWS looked at a policy and did not put it: the one before it is still there. */
export function notTaken({ task, target }: Pick<TargetedRequest, 'task' | 'target'>, error: unknown): Failed {
  const message = messageOfError(error);
  const said = ownWords.find((words) => message.includes(words));
  const blocked = message.includes('BlockPublicPolicy')
    ? 'the policy is public, and public policies are blocked'
    : null;
  const detail = said ?? blocked ?? 'its words may quote the policy and are left out';
  return {
    kind: 'failed',
    ending: failure('policy-not-taken', task, target, `${nameOfError(error)}: ${detail}`),
  };
}
