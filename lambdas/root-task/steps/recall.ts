import type { RefusalCode } from '../../../contract/ending.ts';
import { requestIdOf } from '../../../contract/request-id.ts';
import type { Recorder } from '../lane.ts';
import { type AuthorizedRequest, authorizedBefore, type RuleRefusal } from './authorize.ts';
import { chainOf } from './chain.ts';
import type { Refusal } from './received.ts';

/** Whoever may not send is refused and recorded, whatever they repeat: only time, people and settings are recalled. */
const senderCodes: ReadonlySet<RefusalCode> = new Set(['replayed', 'unknown-source', 'wrong-sender-account']);

/**
 * An approval that the trail holds was authorized when it was recorded, and stays so: a later clock, other settings or
 * another number of approvals neither refuse its retry nor make a second request of it. So where the rules refuse, and
 * where more than one approval could have been the deciding one, the trail is asked first.
 */
export async function recall(
  decided: AuthorizedRequest | RuleRefusal,
  lane: Pick<Recorder, 'trail' | 'logger'>,
): Promise<AuthorizedRequest | Refusal> {
  if (decided.kind === 'refusal' && decided.reasons.some(({ code }) => senderCodes.has(code))) return decided;
  const received = decided.kind === 'refusal' ? decided.received : decided;
  const settled = decided.kind === 'refusal' ? null : decided.requestId;
  const ids = new Set<string>(
    received.ticket.approvals.map(({ approvedAt }) => requestIdOf(received.ticket, approvedAt)),
  );
  for (const requestId of ids) {
    if (requestId === settled) continue;
    const { approved } = chainOf(requestId, await lane.trail.read(requestId));
    if (approved !== null && approved.approvalSha256 === received.approvalSha256) {
      lane.logger.info('this approval was authorized before', { at: approved.at });
      return authorizedBefore(received, approved);
    }
  }
  return decided;
}
