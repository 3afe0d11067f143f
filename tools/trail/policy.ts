import { type TrailEntry, trailEntry } from '../../contract/trail-entry.ts';
import { isPolicyState, type PolicyState } from '../../contract/trail-states.ts';
import { linkOf } from './link.ts';
import { itemsOfFiles, sourceAt } from './source.ts';
import { UnreadableError } from './unreadable.ts';
import { verify } from './verify.ts';

/**
 * The policy that a request found, as AWS gave it: before its first attempt to change it, or in its rehearsal. Throws
 * an UnreadableError where the request recorded none, or where its chain is not sound: a policy that somebody may have
 * put there must not be put back.
 */
export async function policyOf(requestId: string, source: string | undefined): Promise<string> {
  const items = await itemsOf(requestId, source);
  if (items.length === 0) throw new UnreadableError(`nothing is recorded of ${requestId}`);
  const links = items.map((item, index) => linkOf(item, `item ${index + 1}`));
  const [fault] = verify(links, []).findings;
  if (fault !== undefined)
    throw new UnreadableError(`what is recorded is not what rootdesk wrote: ${fault.message}`);
  const entries = items.map((item) => trailEntry.parse(item));
  const found = foundIn(entries);
  if (found === null) throw new UnreadableError(`${requestId} recorded no policy: it never read one`);
  if (found.policy === null) throw new UnreadableError(`${requestId} found no policy in place`);
  return found.policy;
}

async function itemsOf(requestId: string, named: string | undefined): Promise<unknown[]> {
  const source = named === undefined ? null : sourceAt(named);
  if (source?.kind === 'files') {
    const items = [...itemsOfFiles(source.paths)].map(({ item }) => item);
    const own = items.filter((item) => Reflect.get(Object(item), 'requestId') === requestId);
    return own.sort((a, b) => sequenceOf(a) - sequenceOf(b));
  }
  const { itemsOfRequest, theTable } = await import('./table.ts');
  return itemsOfRequest(source === null ? await theTable() : source.table, requestId);
}

const sequenceOf = (item: unknown) => Number(Reflect.get(Object(item), 'sequence'));

/** What was there before the first attempt; of a request that attempted nothing, what its ending says was there. */
function foundIn(entries: readonly TrailEntry[]): PolicyState | null {
  const attempt = entries.find((entry) => entry.kind === 'acting');
  const ended = entries.find((entry) => entry.kind === 'ended');
  const state = attempt?.before ?? ended?.after ?? null;
  return state !== null && isPolicyState(state) ? state : null;
}
