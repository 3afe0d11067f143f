import type { Reason } from '../../contract/ending.ts';
import type { Settings } from '../../contract/settings.ts';
import { authorize, understoodOf } from '../root-task/steps/authorize.ts';
import { receive } from '../root-task/steps/receive.ts';
import type { Refusal } from '../root-task/steps/received.ts';

/**
 * Why an event that no lane took is refused: its faults, or the rules it fails. One that every rule would let through
 * came here because what is deployed and what is set differ; it is refused all the same, and says so.
 */
export function refusalOf(event: unknown, settings: Settings, now: Date): Refusal {
  const received = receive(event);
  if (received.kind === 'refusal') return received;
  const decided = authorize(received, settings, now);
  if (decided.kind === 'refusal') return decided;
  const reason: Reason = {
    code: 'rule-could-not-decide',
    message: 'every rule agrees, but no root task took the event: the deployed rules and the settings differ',
  };
  return {
    kind: 'refusal',
    reasons: [reason],
    understood: understoodOf(received),
    event: received.envelope,
    requestId: decided.requestId,
  };
}
