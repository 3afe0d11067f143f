import { entryHash, type TrailEntry, trailEntry } from '../../contract/trail-entry.ts';

/** What checking needs of an entry: its place in a chain, what it is bound to, and what is wrong with it in itself. */
export interface Link {
  readonly requestId: string;
  readonly sequence: number;
  /** Null, as the other fields, where the item is no entry of rootdesk's. */
  readonly kind: TrailEntry['kind'] | null;
  readonly at: string | null;
  readonly hash: string | null;
  readonly previousHash: string | null;
  readonly fault: 'not-an-entry' | 'hash' | null;
  /** The fault in words; empty where there is none. */
  readonly words: string;
}

/** An item that does not even say where it belongs. */
export interface Stray {
  readonly place: string;
  readonly words: string;
}

/** Reads an item as a link of a chain. `place` is where it was found, for an item that has no key of its own. */
export function linkOf(item: unknown, place: string): Link | Stray {
  const read = trailEntry.safeParse(item);
  if (!read.success) {
    const [issue] = read.error.issues;
    const words = `is not an entry that rootdesk writes (${issue?.path.join('.') || 'the whole'}: ${issue?.message})`;
    const key = keyOf(item);
    return key === null ? { place, words } : { ...key, ...nothingKnown, fault: 'not-an-entry', words };
  }
  const { requestId, sequence, kind, at, hash, previousHash } = read.data;
  const covered = hashOf(item) === hash;
  return {
    ...{ requestId, sequence, kind, at, hash, previousHash },
    fault: covered ? null : 'hash',
    words: covered ? '' : 'has a hash that does not cover it: the entry was changed after it was written',
  };
}

/** Over the item as it stands: what reading it leaves out would not be what was hashed. Null where JSON cannot say it. */
function hashOf(item: unknown): string | null {
  try {
    return entryHash(item as Record<string, unknown>);
  } catch {
    return null;
  }
}

const nothingKnown = { kind: null, at: null, hash: null, previousHash: null } as const;

function keyOf(item: unknown): Pick<Link, 'requestId' | 'sequence'> | null {
  if (typeof item !== 'object' || item === null) return null;
  const requestId: unknown = Reflect.get(item, 'requestId');
  const sequence: unknown = Reflect.get(item, 'sequence');
  if (typeof requestId !== 'string' || typeof sequence !== 'number') return null;
  return { requestId, sequence };
}
