import type { RootTaskName } from '../../../contract/root-tasks.ts';
import { refuse } from '../../refuse/refuse.ts';
import type { Lane } from '../lane.ts';
import type { Receipt } from '../receipt.ts';
import { authorize, isTargeted, type TargetedRequest } from './authorize.ts';
import { recall } from './recall.ts';
import { receive } from './receive.ts';
import type { Refusal } from './received.ts';

/** What came of taking an event in: a request to carry out, a refusal to record, or nothing more to do. */
export type Taken =
  | { readonly kind: 'request'; readonly request: TargetedRequest }
  | Refusal
  | { readonly kind: 'done'; readonly receipt: Receipt | null };

/**
 * Takes an approval from the bus. One of another task, or of the whole organization, came to the wrong function: whose
 * it is takes it, and where it is nobody's it is refused.
 */
export async function takeApproval(event: unknown, task: RootTaskName, lane: Lane): Promise<Taken> {
  const received = receive(event);
  if (received.kind === 'refusal') return received;
  if (received.ticket.task !== task)
    return { kind: 'done', receipt: await refuse(event, lane.settings, lane) };
  const request = await recall(authorize(received, lane.settings, lane.clock.now()), lane);
  if (request.kind === 'refusal') return request;
  if (!isTargeted(request)) return { kind: 'done', receipt: await refuse(event, lane.settings, lane) };
  return { kind: 'request', request };
}
