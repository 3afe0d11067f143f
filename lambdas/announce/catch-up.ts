import type { Clock } from '../clock.ts';
import { logger } from '../logger.ts';
import { allSomeAtATime } from '../shared/some-at-a-time.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import type { Announced } from './announced.ts';
import { type News, newsOfListed } from './news.ts';

/** The stream has told it by then, if it can at all; a younger ending is left to it. */
const youngestMilliseconds = 15 * 60_000;
/** Longer than a weekend of a service that fails, and than the stream keeps a record. */
const oldestMilliseconds = 3 * 24 * 60 * 60_000;
/** As many refusals as one message names. */
const pageLength = 500;

export interface CatchUp {
  readonly clock: Clock;
  readonly trail: Pick<AuditTrail, 'list' | 'get'>;
  readonly announced: Pick<Announced, 'hashOf'>;
  /** Tells what is given, answers what could not be told. */
  readonly tell: (news: readonly News[]) => Promise<readonly News[]>;
}

/**
 * Finds the endings of the last three days that were not announced, and tells them: what requests came to first, then
 * refusals. One that fails stops no other; if any failed, it throws at the end, so that Lambda tries again.
 */
export async function catchUp({ announced, clock, tell, trail }: CatchUp): Promise<void> {
  const now = clock.now().getTime();
  const listed = await trail.list(new Date(now - oldestMilliseconds), new Date(now - youngestMilliseconds));
  const endings = [...ofKind(listed, 'ended'), ...ofKind(listed, 'refused')];
  const failed: string[] = [];
  const hashes = await lookAtEach(endings, failed, (one) => announced.hashOf(placeOf(one)));
  const missing = endings.filter((_, index) => hashes[index] === null);
  for (let from = 0; from < missing.length; from += pageLength) {
    const page = missing.slice(from, from + pageLength);
    const news = await lookAtEach(page, failed, (one) => newsOfListed(trail, one));
    failed.push(
      ...(await tell(news.filter((one) => one !== null && one !== undefined))).map(({ mark }) => mark.entry),
    );
  }
  if (missing.length > 0) logger.warn('endings had not been announced', { endings: missing.length, failed });
  if (failed.length > 0)
    throw new Error(`could not announce ${failed.length} endings, ${failed[0]} among them`);
}

function ofKind(listed: readonly Listed[], kind: string): Listed[] {
  return listed.filter((one) => one.kind === kind);
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
