import type { Mutant, NamedTests } from '../mutant.ts';

const trailFile = 'lambdas/shared/trail.ts';
const chain = 'lambdas/root-task/steps/chain.ts';
const digests = 'tools/trail/digests.ts';
const toolChain = 'tools/trail/chain.ts';

const testsOfTrail: NamedTests = { file: 'test/lambdas/shared/trail.test.ts' };
const testsOfRequests: NamedTests = { file: 'test/lambdas/shared/trail-requests.test.ts' };
const testsOfChain: NamedTests = { file: 'test/lambdas/root-task/steps/chain.test.ts' };
const testsOfDigest: NamedTests = { file: 'test/lambdas/digest/digest-of.test.ts' };
const testsOfWitness: NamedTests = { file: 'test/lambdas/digest/witness.test.ts' };
const testsOfVerify: NamedTests = { file: 'test/tools/trail/verify.test.ts' };

/** The audit trail is append-only, each entry binds the one before it, and what was changed shows. */
export const trail: readonly Mutant[] = [
  {
    id: 'trail-put-without-condition',
    file: trailFile,
    find: "          ConditionExpression: 'attribute_not_exists(requestId)',\n",
    replace: '',
    breaks: 'an entry is put where none is, and never over another',
    killedBy: [testsOfTrail, testsOfRequests],
  },
  {
    id: 'lost-race-taken-for-won',
    file: trailFile,
    find: 'if (there?.hash === entry.hash) return entry;',
    replace: 'if (there !== null) return entry;',
    breaks: 'a run that was not first to write an entry does not go on as if it were',
    killedBy: [testsOfTrail],
  },
  {
    id: 'own-entry-taken-for-another',
    file: trailFile,
    find: 'if (there?.hash === entry.hash) return entry;',
    replace: 'if (there?.hash === entry.previousHash) return entry;',
    breaks: 'a put whose answer was lost is recognised as its own',
    killedBy: [testsOfTrail],
  },
  {
    id: 'entry-not-bound-to-the-one-before',
    file: trailFile,
    find: 'previousHash: head?.hash ?? null,',
    replace: 'previousHash: null,',
    breaks: 'each entry holds the hash of the one before it',
    killedBy: [testsOfTrail],
  },
  {
    id: 'hash-without-previous-hash',
    file: 'contract/trail-entry.ts',
    find: 'const { hash: _, ...covered } = entry;',
    replace: 'const { hash: _, previousHash: __, ...covered } = entry;',
    breaks: 'the hash of an entry covers the hash of the one before it',
    killedBy: [{ file: 'test/contract/trail-entry.test.ts' }],
  },
  {
    id: 'hash-by-the-order-of-keys',
    file: 'contract/canonical-json.ts',
    find: '        .sort(([a], [b]) => (a < b ? -1 : 1))\n',
    replace: '',
    breaks: 'one value has one hash, whatever order its keys came in',
    killedBy: [{ file: 'test/contract/canonical-json.test.ts' }],
  },
  {
    id: 'changed-entry-believed',
    file: chain,
    find: 'hash: entryHash(entry),',
    replace: 'hash: entryHash(entry) && entry.hash,',
    breaks: 'nothing is done on the word of an entry that its hash does not cover',
    killedBy: [testsOfChain],
  },
  {
    id: 'unbound-entry-believed',
    file: chain,
    find: 'previousHash: entries[index - 1]?.hash ?? null,',
    replace: 'previousHash: entry.previousHash,',
    breaks: 'nothing is done on the word of an entry that is not bound to the one before it',
    killedBy: [testsOfChain],
  },
  {
    id: 'missing-entry-unnoticed',
    file: chain,
    find: 'sequence: index + 1,',
    replace: 'sequence: entry.sequence,',
    breaks: 'nothing is done on the word of a chain with a gap',
    killedBy: [testsOfChain],
  },
  {
    id: 'given-up-request-counts-as-last-change',
    file: chain,
    find: "new Set(['gave-up', 'stopped'])",
    replace: 'new Set([])',
    breaks: 'an ending from afar puts no approval out of date that was given since the last attempt',
    killedBy: [testsOfChain],
  },
  {
    id: 'refusal-recorded-twice',
    file: 'lambdas/shared/refuse.ts',
    find: 'const requestId = `refused/${understood.eventId ?? `sha256-${whole.slice(0, 32)}`}`;',
    replace:
      'const requestId = `refused/${understood.eventId ?? `sha256-${whole.slice(0, 32)}`}/${recorder.invocation.requestId}`;',
    breaks: 'an event that is refused twice leaves one entry',
    killedBy: [{ file: 'test/lambdas/shared/refuse.test.ts' }],
  },
  {
    id: 'refused-event-kept-whole',
    file: 'lambdas/shared/refuse.ts',
    find: 'const keptBytes = 32 * 1024;',
    replace: 'const keptBytes = 1024 * 1024;',
    breaks: 'of an event that is too large the trail keeps the beginning and the hash',
    killedBy: [{ file: 'test/lambdas/shared/refuse.test.ts' }],
  },
  {
    id: 'other-event-of-a-request-goes-unrecorded',
    file: 'lambdas/refuse/refuse.ts',
    find: "if (first?.kind === 'approved' && first.envelope.eventId === found.envelope.id) {",
    replace: "if (first?.kind === 'approved') {",
    breaks:
      'an event that no lane takes is refused and recorded, though a lane took another one of the request',
    killedBy: [{ file: 'test/lambdas/refuse/refusal-of.test.ts' }],
  },
  {
    id: 'digest-of-the-first-entry',
    file: 'lambdas/digest/digest-of.ts',
    find: 'if (entry.sequence > (last.get(entry.requestId)?.sequence ?? 0))',
    replace: 'if (entry.sequence < (last.get(entry.requestId)?.sequence ?? 1_000))',
    breaks: 'a digest holds the last entry of each chain',
    killedBy: [testsOfDigest],
  },
  {
    id: 'damaged-head-witnessed',
    file: 'lambdas/digest/digest-of.ts',
    find: "hash: place.kind === 'intact' ? place.entry.hash : null };",
    replace: "hash: place.kind === 'intact' ? place.entry.hash : '0'.repeat(64) };",
    breaks: 'an entry that cannot be read is in the digest without a hash',
    killedBy: [testsOfDigest],
  },
  {
    id: 'half-a-day-witnessed',
    file: 'lambdas/digest/digest-of.ts',
    find: '    if (!hasTime())\n',
    replace: '    if (!hasTime()) break;\n    if (heads.length > last.length)\n',
    breaks: 'a digest holds every chain of its day, or is not written',
    killedBy: [testsOfDigest],
  },
  {
    id: 'missing-digest-not-told',
    file: 'lambdas/digest/witness.ts',
    find: 'if (failed.length > 0) throw',
    replace: 'if (failed.length > days) throw',
    breaks: 'a digest that could not be written is a failure',
    killedBy: [testsOfWitness],
  },
  {
    id: 'digest-replaced',
    file: 'lambdas/digest/digest-bucket.ts',
    find: "          IfNoneMatch: '*',\n",
    replace: '',
    breaks: 'the first digest of a day is the one that counts',
    killedBy: [testsOfWitness],
  },
  {
    id: 'verify-believes-rewritten-entries',
    file: 'tools/trail/link.ts',
    find: 'const covered = hashOf(item) === hash;',
    replace: 'const covered = hashOf(item) !== null;',
    breaks: 'verify finds an entry that was changed after it was written',
    killedBy: [testsOfVerify],
  },
  {
    id: 'verify-believes-unbound-entries',
    file: toolChain,
    find: 'return previousHash === (previous?.hash ?? null);',
    replace: 'return previousHash !== undefined;',
    breaks: 'verify finds an entry that is not bound to the one before it',
    killedBy: [testsOfVerify],
  },
  {
    id: 'verify-misses-a-gap',
    file: toolChain,
    find: 'if (link.sequence > expected) findings.push(',
    replace: 'if (link.sequence > expected + 1) findings.push(',
    breaks: 'verify finds an entry that is missing',
    killedBy: [testsOfVerify],
  },
  {
    id: 'verify-misses-a-chain-cut-short',
    file: digests,
    find: "if (link === undefined) return found('head-missing',",
    replace:
      "if (link === undefined) return hash === null ? null : null;\n  if (link.sequence < 0) return found('head-missing',",
    breaks: 'verify finds with a digest that the end of a chain was cut off',
    killedBy: [testsOfVerify],
  },
  {
    id: 'verify-misses-a-rewritten-chain',
    file: digests,
    find: 'if (link.fault !== null || link.hash === hash) return null;',
    replace: "if (link.fault !== null || link.hash !== '') return null;",
    breaks: 'verify finds with a digest that a chain was rewritten whole',
    killedBy: [testsOfVerify],
  },
];
