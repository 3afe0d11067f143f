import type { Context } from 'aws-lambda';
import { logger } from '../logger.ts';
import { someAtATime } from '../shared/some-at-a-time.ts';
import type { Announced } from './announced.ts';
import type { News } from './news.ts';

/** A call that gets no answer is given up after its three attempts; then it must still be said what failed. */
const longestTellingMilliseconds = 18_000;

export interface Telling {
  readonly announced: Pick<Announced, 'has' | 'add'>;
  /** Whether the invocation lasts long enough to tell something more. */
  readonly hasTime: () => boolean;
}

export function hasTimeIn(context: Context, neededMilliseconds = longestTellingMilliseconds): () => boolean {
  return () => context.getRemainingTimeInMillis() > neededMilliseconds;
}

/** Those that were not told before, and those of which that could not be found out. */
export async function untoldOf<Some extends News>(news: readonly Some[], { announced }: Telling) {
  const known = await someAtATime(news, ({ mark }) => announced.has(mark));
  const untold: Some[] = [];
  const failed: News[] = [];
  for (const [index, one] of news.entries()) {
    const has = known[index];
    if (has?.status === 'fulfilled') {
      if (!has.value) untold.push(one);
    } else {
      failed.push(one);
      logger.error('cannot tell whether this was announced', {
        announcement: one.mark.entry,
        error: has?.reason,
      });
    }
  }
  return { untold, failed };
}

/**
 * Tells one or several in one message, and remembers each. Answers those that have to come again: all where it could
 * not be told, those that could not be remembered where it was.
 */
export async function tellOnce(
  news: readonly News[],
  { announced, hasTime }: Telling,
  tell: () => Promise<void>,
): Promise<News[]> {
  try {
    if (!hasTime()) throw new Error('there is no time left in this invocation');
    await tell();
  } catch (error) {
    logger.error('could not announce; it comes again', {
      announcements: news.map(({ mark }) => mark.entry),
      error,
    });
    return [...news];
  }
  const added = await someAtATime(news, ({ mark }) => announced.add(mark));
  return news.filter((one, index) => {
    const failure = added[index];
    if (failure?.status !== 'rejected') return false;
    const announcement = one.mark.entry;
    logger.error('announced, but not remembered: it comes again', { announcement, error: failure.reason });
    return true;
  });
}

/** Tells one after the other, each where it was not told before. One that fails stops none behind it. */
export async function tellEach<Some extends News>(
  news: readonly Some[],
  telling: Telling,
  tell: (one: Some) => Promise<void>,
): Promise<News[]> {
  const { failed, untold } = await untoldOf(news, telling);
  for (const one of untold) failed.push(...(await tellOnce([one], telling, () => tell(one))));
  return failed;
}
