import { logger } from '../logger.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import type { Announced } from './announced.ts';
import { type News, newsOfListed } from './news.ts';

export interface PageTeller {
  readonly trail: Pick<AuditTrail, 'get'>;
  readonly announced: Pick<Announced, 'hashOf'>;
  /** Tells what is given, answers what could not be told. */
  readonly tell: (news: readonly News[]) => Promise<readonly News[]>;
}

/** Tells those of which nothing was told. Answers the places of what could not be looked at or told. */
export async function tellPage(page: readonly Listed[], parts: PageTeller): Promise<string[]> {
  const failed: string[] = [];
  const hashes = await lookAtEach(page, failed, (one) => parts.announced.hashOf(placeOf(one)));
  const missing = page.filter((_, index) => hashes[index] === null);
  if (missing.length === 0) return failed;
  const looked = await lookAtEach(missing, failed, (one) => newsOfListed(parts.trail, one));
  const news = looked.filter((one) => one !== null && one !== undefined);
  failed.push(...(await parts.tell(news)).map(({ mark }) => mark.entry));
  logger.warn('endings had not been announced', { endings: missing.length, failed });
  return failed;
}

function placeOf({ requestId, sequence }: Listed): string {
  return `${requestId}#${sequence}`;
}

/** Looks at each, and answers in the same order; what could not be looked at is undefined, and among the failed. */
async function lookAtEach<Result>(
  listed: readonly Listed[],
  failed: string[],
  look: (one: Listed) => Promise<Result>,
): Promise<(Result | undefined)[]> {
  return allSomeAtATime(listed, async (one) => {
    try {
      return await look(one);
    } catch (error) {
      failed.push(placeOf(one));
      logger.error('cannot look at an ending', { announcement: placeOf(one), error });
      return undefined;
    }
  });
}
