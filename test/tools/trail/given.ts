import type { TrailDigest } from '../../../contract/trail-digest.ts';
import { entryHash, type TrailEntry } from '../../../contract/trail-entry.ts';
import { linkOf } from '../../../tools/trail/link.ts';
import { verify } from '../../../tools/trail/verify.ts';
import { givenTrail } from '../../lambdas/given/records.ts';
import { givenEvent } from '../../lambdas/given/request.ts';

/** A trail of two unlocks of three entries each, and a refusal. */
export async function givenEntries(): Promise<TrailEntry[]> {
  // What is there is the policy of another bucket, which locks nobody out of this one.
  const bucket = (bucketName: string) =>
    givenEvent({ 'detail.target.bucketName': bucketName, 'detail.evenIfNotLocked': true });
  return [
    ...(await givenTrail(bucket('orders'))),
    ...(await givenTrail(bucket('invoices'))),
    ...(await givenTrail(givenEvent({ account: '444444444444' }))),
  ];
}

export const resealed = <Entry extends object>(entry: Entry): Entry & { hash: string } => ({
  ...entry,
  hash: entryHash(entry as Record<string, unknown>),
});

/** Entries as a chain anew: each bound to the one before it, and covered by its own hash. */
export function rechained(entries: readonly TrailEntry[]): TrailEntry[] {
  const chain: TrailEntry[] = [];
  for (const entry of entries)
    chain.push(
      resealed({
        ...entry,
        sequence: chain.length + 1,
        previousHash: chain.at(-1)?.hash ?? null,
      } as TrailEntry),
    );
  return chain;
}

/** The digest of the day on which the given entries were written. */
export function digestOf(entries: readonly TrailEntry[], day = '2026-11-20'): TrailDigest {
  const last = new Map(entries.map((entry) => [entry.requestId, entry]));
  const heads = [...last.values()].map(({ requestId, sequence, hash, at }) => ({
    requestId,
    sequence,
    hash,
    at,
  }));
  const from = new Date(day);
  const to = new Date(from.getTime() + 24 * 60 * 60 * 1000);
  return { version: 1, day, from: from.toISOString(), to: to.toISOString(), heads, count: heads.length };
}

export const checked = (items: readonly unknown[], digests: readonly TrailDigest[] = []) =>
  verify(
    items.map((item, index) => linkOf(item, `item ${index + 1}`)),
    digests,
  );
