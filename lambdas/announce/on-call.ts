import { logger } from '../logger.ts';
import { lookAt } from '../shared/intact.ts';
import type { AuditTrail } from '../shared/trail.ts';
import type { Announced } from './announced.ts';
import { endingMessage, type Message, tamperingMessage } from './message.ts';
import { isOf, type News, type NewsOf } from './news.ts';
import { refusalsMessage } from './refusals-message.ts';
import { type Telling, tellEach, tellOnce, untoldOf } from './tell.ts';

/** Refusals of one window of five minutes that are told one by one; those behind them are told together. */
const toldAlone = 5;
/** Messages in one window that tell refusals together; those behind them wait for the catch-up. */
const toldTogether = 3;

export interface Desk extends Telling {
  readonly announced: Pick<Announced, 'has' | 'add' | 'countInWindow'>;
  readonly trail: Pick<AuditTrail, 'get'>;
  readonly publish: (message: Message) => Promise<void>;
}

/**
 * Tells on-call what the stream brings. What a request came to, and any tampering, is told first and never waits for
 * refusals: a flood of these makes a few messages. Answers what could not be told, or not be remembered.
 */
export async function tellFromStream(news: readonly News[], desk: Desk): Promise<News[]> {
  const failed = await tellUrgent(news, desk);
  const found = await untoldOf(news.filter(isOf('refused')), desk);
  failed.push(...found.failed);
  const [first] = found.untold;
  if (first === undefined) return failed;
  try {
    const before = await desk.announced.countInWindow('refusals', found.untold.length);
    const alone = found.untold.slice(0, Math.max(0, toldAlone - before));
    const rest = found.untold.slice(alone.length);
    for (const refusal of alone) failed.push(...(await tellRefusals([refusal], desk)));
    if (await waitsForCatchUp(rest, desk)) {
      logger.info('refusals wait for the catch-up, to be told together', { refusals: rest.length });
      return failed;
    }
    return [...failed, ...(await tellRefusals(rest, desk))];
  } catch (error) {
    logger.error('could not count refusals', { error });
    return [...failed, ...found.untold];
  }
}

/** Tells on-call what nobody was told, or what was held back: all refusals in one message. */
export async function tellLate(news: readonly News[], desk: Desk): Promise<News[]> {
  const failed = await tellUrgent(news, desk);
  const found = await untoldOf(news.filter(isOf('refused')), desk);
  return [...failed, ...found.failed, ...(await tellRefusals(found.untold, desk))];
}

async function tellUrgent(news: readonly News[], desk: Desk): Promise<News[]> {
  const failed = await tellEach(news.filter(isOf('ended')), desk, async ({ entry }) => {
    const first = await lookAt(desk.trail, entry.requestId, 1);
    const approved = first.kind === 'intact' && first.entry.kind === 'approved' ? first.entry : null;
    await desk.publish(endingMessage(entry, approved));
    logger.info('on-call was told', { rootTaskRequest: entry.requestId, ending: entry.ending });
  });
  const touched = await untoldOf(news.filter(isOf('tampering')), desk);
  return [...failed, ...touched.failed, ...(await tellTampering(touched.untold, desk))];
}

async function tellTampering(tampering: readonly NewsOf<'tampering'>[], desk: Desk): Promise<News[]> {
  const [first, ...more] = tampering;
  if (first === undefined) return [];
  for (const { key, what } of tampering) logger.error('the trail was changed', { key, what });
  return tellOnce(tampering, desk, () => desk.publish(tamperingMessage([first, ...more])));
}

async function tellRefusals(refusals: readonly NewsOf<'refused'>[], desk: Desk): Promise<News[]> {
  const [first, ...more] = refusals.map(({ entry }) => entry);
  if (first === undefined) return [];
  return tellOnce(refusals, desk, async () => {
    await desk.publish(more.length === 0 ? endingMessage(first, null) : refusalsMessage([first, ...more]));
    logger.info('on-call was told of refusals', { refusals: refusals.length });
  });
}

/** A single one is not worth a message of its own again, and a flood is not worth many. */
async function waitsForCatchUp(rest: readonly unknown[], { announced }: Desk): Promise<boolean> {
  if (rest.length < 2) return true;
  return (await announced.countInWindow('refusals-together', 1)) >= toldTogether;
}
