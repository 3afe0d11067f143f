import { type EndedEntry, entryHash, type RefusedEntry } from '../../../contract/trail-entry.ts';
import type { Mark } from '../../../lambdas/announce/announced.ts';
import type { Message } from '../../../lambdas/announce/message.ts';
import type { News } from '../../../lambdas/announce/news.ts';
import type { Desk } from '../../../lambdas/announce/on-call.ts';

/** Gives an entry other fields, and the hash that covers them. */
export function resealed<Entry extends EndedEntry | RefusedEntry>(entry: Entry, own: Partial<Entry>): Entry {
  const changed = { ...entry, ...own };
  return { ...changed, hash: entryHash(changed) };
}

export const newsOf = (entry: EndedEntry | RefusedEntry): News => {
  const mark = { entry: `${entry.requestId}#${entry.sequence}`, hash: entry.hash };
  return entry.kind === 'ended' ? { kind: 'ended', entry, mark } : { kind: 'refused', entry, mark };
};

/** Whoever tells on-call, with a memory that lasts as long as the test. */
export class GivenDesk implements Desk {
  readonly messages: Message[] = [];
  readonly remembered = new Map<string, string>();
  readonly counts = new Map<string, number>();
  /** Called before each of these, to fail it. */
  beforePublish: (message: Message) => void = () => {};
  beforeHas: (entry: string) => void = () => {};
  beforeAdd: (entry: string) => void = () => {};
  beforeCount: () => void = () => {};
  timeLeft = true;

  readonly hasTime = () => this.timeLeft;
  readonly trail: Desk['trail'] = { get: async () => null };

  readonly publish = async (message: Message) => {
    this.beforePublish(message);
    this.messages.push(message);
  };

  readonly announced = {
    has: async (mark: Mark) => (await this.announced.hashOf(mark.entry)) === mark.hash,
    hashOf: async (entry: string) => {
      this.beforeHas(entry);
      return this.remembered.get(entry) ?? null;
    },
    add: async ({ entry, hash }: Mark) => {
      this.beforeAdd(entry);
      this.remembered.set(entry, hash);
    },
    countInWindow: async (what: string, more: number) => {
      this.beforeCount();
      const before = this.counts.get(what) ?? 0;
      this.counts.set(what, before + more);
      return before;
    },
  };

  get subjects(): string[] {
    return this.messages.map(({ subject }) => subject);
  }

  /** A new window: nothing is counted in it yet. */
  later(): void {
    this.counts.clear();
  }
}
