import type { RootTaskName } from '../../../contract/root-tasks.ts';
import { targetPath } from '../../../contract/target.ts';
import type { Clock } from '../../clock.ts';
import type { AuditTrail } from '../../shared/trail.ts';
import type { LaterOpening } from '../credentials/plan-closing.ts';
import type { TargetedRequest } from './authorize.ts';

const opens: RootTaskName = 'allow-root-password-recovery';

/** The first opening of the same root user after the one that a request closes; null where there was none. */
export async function laterOpening(
  { closes, target }: TargetedRequest,
  openedAt: string,
  { clock, trail }: { readonly clock: Clock; readonly trail: Pick<AuditTrail, 'listTarget'> },
): Promise<LaterOpening | null> {
  let later: LaterOpening | null = null;
  // Newest first: back to the opening itself.
  for await (const { at, requestId } of trail.listTarget(targetPath(target), clock.now(), ['acting'])) {
    if (at <= openedAt) break;
    const isOpening = requestId.split('/')[2] === opens && !requestId.includes('/closing/');
    if (isOpening && requestId !== closes) later = { requestId, openedAt: at };
  }
  return later;
}
