import { lookAt } from '../shared/intact.ts';
import type { AuditTrail } from '../shared/trail.ts';
import type { News } from './news.ts';

/**
 * An ending, if the trail holds it just as the record has it; otherwise the news that somebody made it up, or has
 * touched the entry since. Whoever may invoke an announcer can hand it a record of their own making, with a hash that
 * covers it: only what the trail holds is told as an ending.
 */
export async function inTrail(news: News, trail: Pick<AuditTrail, 'get'>): Promise<News> {
  if (news.kind === 'tampering') return news;
  const { hash, requestId, sequence } = news.entry;
  const place = await lookAt(trail, requestId, sequence);
  if (place.kind === 'intact' && place.entry.hash === hash) return news;
  return {
    kind: 'tampering',
    key: `entry ${sequence} of ${requestId}`,
    what:
      place.kind === 'damaged'
        ? `${place.what}, and an announcer was handed an ending in its place`
        : 'is another in the trail than the one that an announcer was handed',
    // A place of its own: it must not stand where the true entry's announcement is remembered.
    mark: { entry: `not-in-trail#${requestId}#${sequence}#${hash}`, hash: 'tampering' },
  };
}
