import type { RootTaskName } from '../../contract/root-tasks.ts';
import type { Target } from '../../contract/target.ts';
import type { PolicyState } from '../../contract/trail-entry.ts';
import { deniedByServiceControlPolicy, isAccessDenied, messageOfError } from '../aws-errors.ts';
import { policyStateOf } from '../resource-policy.ts';
import { failure } from './failures.ts';
import type { DeniedInSession, Failed } from './root-task.ts';

type No = Failed | DeniedInSession;

/**
 * Turns the "no" of a call in a root session into an answer; everything else is thrown and tried again. `own` knows
 * the errors of the one service, denials for a cause of its own among them, and answers null for those that it does not
 * know.
 */
export function answers(
  task: RootTaskName,
  target: Target,
  own: (error: unknown, action: string) => No | null,
) {
  return async <T>(action: string, call: () => Promise<T>): Promise<T | No> => {
    try {
      return await call();
    } catch (error) {
      const answer = own(error, action);
      if (answer !== null) return answer;
      const message = messageOfError(error);
      if (deniedByServiceControlPolicy(error))
        return { kind: 'failed', ending: failure('denied-by-scp', task, target, message) };
      if (isAccessDenied(error))
        return { kind: 'denied-in-session', action, message, code: 'denied-by-organization' };
      throw error;
    }
  };
}

/** A look at a resource policy: its state, or why there is none to be told. */
export function policyLook(task: RootTaskName, target: Target, read: () => Promise<string | null | No>) {
  return async (): Promise<PolicyState | No> => {
    const text = await read();
    if (typeof text === 'object' && text !== null) return text;
    try {
      return policyStateOf(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return { kind: 'failed', ending: failure('policy-unreadable', task, target) };
    }
  };
}
