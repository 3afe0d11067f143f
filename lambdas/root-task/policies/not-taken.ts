import { messageOfError } from '../../aws-errors.ts';
import { failure } from '../failures.ts';
import type { Failed } from '../root-task.ts';
import type { TargetedRequest } from '../steps/authorize.ts';

/** AWS's messages name what is wrong and no text of the policy; nothing longer than this is handed on. */
const longest = 300;

/** AWS looked at a policy and did not put it: the one before it is still there. */
export function notTaken({ task, target }: Pick<TargetedRequest, 'task' | 'target'>, error: unknown): Failed {
  const message = Array.from(messageOfError(error)).slice(0, longest).join('');
  return { kind: 'failed', ending: failure('policy-not-taken', task, target, message) };
}
