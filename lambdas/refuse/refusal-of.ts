import type { Reason } from '../../contract/ending.ts';
import type { Settings } from '../../contract/settings.ts';
import { type AuthorizedRequest, authorize, understoodOf } from '../root-task/steps/authorize.ts';
import { receive } from '../root-task/steps/receive.ts';
import type { Refusal } from '../root-task/steps/received.ts';

/**
 * Why an event that came to the refusals is refused: its faults, or the rules it fails. One that every rule lets
 * through is answered as the request it makes: a lane may have taken it too.
 */
export function refusalOf(event: unknown, settings: Settings, now: Date): Refusal | AuthorizedRequest {
  const received = receive(event);
  return received.kind === 'refusal' ? received : authorize(received, settings, now);
}

/**
 * The refusal of an event that every rule lets through and that no lane takes. EventBridge matches both values of a key
 * that its JSON gives twice, a function gets the last one only: so this can have two causes, which look the same here.
 */
export function refuseUntaken(request: AuthorizedRequest): Refusal {
  const reason: Reason = {
    code: 'rule-could-not-decide',
    message:
      'every rule agrees, but no root task took the event: its JSON gives a key twice (such as "target"), or the deployed rules and the settings differ',
  };
  return {
    kind: 'refusal',
    reasons: [reason],
    understood: understoodOf(request),
    event: request.envelope,
    requestId: request.requestId,
  };
}
