import type { Clock } from '../clock.ts';
import { logger } from '../logger.ts';
import type { AuditTrail, Listed } from '../shared/trail.ts';
import type { Announced } from './announced.ts';
import { isTold } from './news.ts';
import { type PageTeller, tellPage } from './tell-page.ts';
import { type Span, slicesOf, untold } from './told-span.ts';

/** The stream has told it by then, if it can at all; a younger ending is left to it. */
const youngestMilliseconds = 15 * 60_000;
/** Longer than a weekend of a service that fails, and than the stream keeps a record. */
const oldestMilliseconds = 3 * 24 * 60 * 60_000;
/** Each is told by itself. */
const endingsAtOnce = 100;
/** As many refusals as one message names. */
const refusalsAtOnce = 500;

/** What a run must have left to begin with as many as are taken at once: to look at each, read, tell and remember it. */
export const pageMilliseconds = 45_000;

export interface CatchUp extends PageTeller {
  readonly clock: Clock;
  readonly trail: Pick<AuditTrail, 'list' | 'get'>;
  readonly announced: Pick<Announced, 'hashOf' | 'toldRefusals' | 'rememberToldRefusals'>;
  /** Whether the invocation lasts long enough to take some more; `pageMilliseconds` is meant. */
  readonly hasTime: () => boolean;
}

/**
 * Finds the endings of the last three days that were not announced, and tells them: first what requests came to, then
 * refusals, newest first. One that fails stops no other; if any failed, it throws at the end, so that Lambda tries
 * again. It stops in time, and what it did not come to is the next run's: refusals that it went through are remembered,
 * so that every run gets further, however many there are.
 */
export async function catchUp(parts: CatchUp): Promise<void> {
  const now = parts.clock.now().getTime();
  const span = { from: new Date(now - oldestMilliseconds), until: new Date(now - youngestMilliseconds) };
  const failed = [...(await tellEndings(span, parts)), ...(await tellRefusals(span, parts))];
  if (failed.length > 0)
    throw new Error(`could not announce ${failed.length} endings, ${failed[0]} among them`);
}

async function tellEndings({ from, until }: Span, parts: CatchUp): Promise<string[]> {
  const listed = await parts.trail.list(from, until, ['ended']);
  const endings = listed.filter(({ requestId }) => isTold(requestId));
  const { done, failed } = await tellInPages(endings, endingsAtOnce, parts);
  if (done < endings.length)
    logger.warn('no time is left for these endings', { left: endings.length - done });
  return failed;
}

async function tellRefusals(span: Span, parts: CatchUp): Promise<string[]> {
  const failed: string[] = [];
  let gone = 0;
  let reached = span.from;
  for (const slice of slicesOf(untold(span, await parts.announced.toldRefusals()))) {
    const refusals = parts.hasTime() ? await newestFirst(slice, parts) : null;
    const pages = await tellInPages(refusals ?? [], refusalsAtOnce, parts);
    failed.push(...pages.failed);
    gone += pages.done;
    if (refusals === null || pages.done < refusals.length) {
      reached = behind(refusals?.[pages.done], slice);
      logger.warn('no time is left for older refusals: the next run goes on with them', { reached });
      break;
    }
  }
  // Where one failed, or none was come to, it stays with what was remembered before.
  if (failed.length === 0 && (gone > 0 || reached === span.from))
    await parts.announced.rememberToldRefusals({ from: reached, until: span.until });
  return failed;
}

async function newestFirst({ from, until }: Span, { trail }: CatchUp): Promise<Listed[]> {
  return (await trail.list(from, until, ['refused'])).reverse();
}

/** The instant from which on all of a slice was gone through, where this one was the next. */
function behind(next: Listed | undefined, { until }: Span): Date {
  // Of an item that rootdesk did not write, the time need not be one.
  const at = Date.parse(next?.at ?? '');
  return Number.isNaN(at) ? until : new Date(at + 1);
}

/** Tells what was not told, some at once, as long as there is time. Answers how many it went through. */
async function tellInPages(listed: readonly Listed[], length: number, parts: CatchUp) {
  const failed: string[] = [];
  let done = 0;
  for (; done < listed.length && parts.hasTime(); done += length)
    failed.push(...(await tellPage(listed.slice(done, done + length), parts)));
  return { done: Math.min(done, listed.length), failed };
}
