import { policySha256 } from '../../../policy/canonical.ts';
import { expectIntactChains } from '../faults/expect-right.ts';
import { callsOf, endings, expectToldOnce } from '../given.ts';
import type { Policy } from '../scenes/scene.ts';
import { type Case, canonical, type Told } from './repair-desk.ts';

export const hashOf = (policy: unknown): string => policySha256(JSON.stringify(policy));

/** What writes a service's policies, and what removes them. */
const changes = {
  s3: ['PutBucketPolicy', 'DeleteBucketPolicy'],
  sqs: ['SetQueueAttributes'],
} as const;

/** How often the policy was put or removed. */
export const changesIn = (answer: Told, { service }: Pick<Case, 'service'>): number =>
  changes[service].reduce((sum, operation) => sum + callsOf(answer, service, operation), 0);

/** What a repair was about. */
interface Expected {
  readonly verdict: string;
  /** The statement that locked out. */
  readonly statement: { readonly index: number; readonly sid: string };
  /** The whole policy that is there afterwards. */
  readonly repaired: Policy;
}

/** Repaired once, written down whole, and told with all that an owner needs to correct the source of it. */
export function expectRepaired(answer: Told, ticket: Case, { repaired, statement, verdict }: Expected): void {
  const hashes = { policySha256: hashOf(ticket.given), repairedSha256: hashOf(repaired) };
  expect(endings(answer)).toMatchObject([{ ending: 'succeeded', code: 'repaired' }]);
  expect(answer.policy).toEqual(canonical(repaired));
  expect(changesIn(answer, ticket)).toBe(1);
  expectIntactChains(answer);

  const [approved, acting, ended, ...others] = answer.trail;
  expect([approved?.kind, acting?.kind, ended?.kind, others]).toEqual(['approved', 'acting', 'ended', []]);
  expect(wholeIn(acting?.before)).toEqual([canonical(ticket.given), hashes.policySha256]);
  expect(wholeIn(acting?.intended)).toEqual([canonical(repaired), hashes.repairedSha256]);
  expect(ended?.diagnosis).toMatchObject({
    verdict,
    policySha256: hashes.policySha256,
    repair: { possible: true, sha256: hashes.repairedSha256, statements: [statement] },
  });

  expectToldOnce(answer);
  const named = `Statement[${statement.index}] (${statement.sid})`;
  const again = 'will write it again unless it is corrected there';
  for (const said of [verdict, named, `${named} no longer covers`, ...Object.values(hashes), again])
    expect(answer.notifications[0]?.message).toContain(said);
  expect(answer.outcomes).toMatchObject([
    {
      detail: {
        code: 'repaired',
        remedy: expect.stringContaining(again),
        diagnosis: {
          verdict,
          ...hashes,
          statements: [statement],
          said: expect.stringContaining(named),
          instead: expect.stringContaining(`${named} no longer covers`),
        },
      },
    },
  ]);
}

/** A policy as the trail has it: the document, and the hash beside it. */
function wholeIn(state: unknown): [unknown, string] {
  const { policy, sha256 } = state as { readonly policy: string; readonly sha256: string };
  return [canonical(JSON.parse(policy)), sha256];
}

/** It ended so, and whatever was there is there still. */
export function expectLeftAlone(answer: Told, ticket: Case, ending: string, code: string): void {
  expect(endings(answer)).toMatchObject([{ ending, code }]);
  expect(answer.policy).toEqual(canonical(ticket.given));
  expect(changesIn(answer, ticket)).toBe(0);
  expectIntactChains(answer);
  expectToldOnce(answer);
}
