import type { RootTaskName } from '../../../contract/root-tasks.ts';
import { targetPath } from '../../../contract/target.ts';
import type { Clock } from '../../clock.ts';
import type { AuditTrail } from '../../shared/trail.ts';
import type { LaterOpening } from '../credentials/plan-closing.ts';
import type { TargetedRequest } from './authorize.ts';
import { latestClosing } from './latest-closing.ts';

type Trail = Pick<AuditTrail, 'head' | 'listTarget'>;

const opens: RootTaskName = 'allow-root-password-recovery';

/**
 * The first opening of the same root user after the one that a request closes, of those that are not closed yet; null
 * where there was none. One that is closed takes nothing away any more: what was made after that is this one's.
 */
export async function laterOpening(
  { closes, target }: TargetedRequest,
  openedAt: string,
  { clock, trail }: { readonly clock: Clock; readonly trail: Trail },
): Promise<LaterOpening | null> {
  const later = new Map<string, LaterOpening>();
  // Newest first, back to the opening itself; of the attempts of one, the first counts.
  for await (const { at, requestId } of trail.listTarget(targetPath(target), clock.now(), ['acting'])) {
    if (at <= openedAt) break;
    const isOpening = requestId.split('/')[2] === opens && !requestId.includes('/closing/');
    if (isOpening && requestId !== closes) later.set(requestId, { requestId, openedAt: at });
  }
  const byTime = [...later.values()].toSorted((one, other) => one.openedAt.localeCompare(other.openedAt));
  for (const opening of byTime) if (!(await isClosed(opening.requestId, trail))) return opening;
  return null;
}

async function isClosed(opening: string, trail: Trail): Promise<boolean> {
  const head = (await latestClosing(opening, trail))?.head;
  return head?.kind === 'ended' && head.ending !== 'failed';
}
