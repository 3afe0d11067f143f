import type { Account, PolicyDocument, RootUser } from '../parts.ts';
import { type Dice, diceFor } from './dice.ts';
import type { Scenario } from './schema.ts';

export type Generate = NonNullable<Scenario['organization']['generate']>;

/**
 * Accounts by a seed: with the same seed, number and time the same accounts, whoever asks. `taken` are the ids of
 * accounts that were written; `now` is the story's beginning in milliseconds, before which everything has happened.
 */
export function generatedAccounts(
  generate: Generate | undefined,
  taken: ReadonlySet<string>,
  now: number,
): Account[] {
  if (generate === undefined) return [];
  return generatedIds(generate, taken).map((id, index) => accountOf(generate, id, index, now));
}

/** The ids of the generated accounts, in their order. */
export function generatedIds(generate: Generate | undefined, taken: ReadonlySet<string>): string[] {
  if (generate === undefined) return [];
  const dice = diceFor(generate.seed, 'ids');
  const ids = new Set<string>();
  while (ids.size < generate.accounts) {
    const id = String(dice.below(1e12)).padStart(12, '0');
    if (!taken.has(id)) ids.add(id);
  }
  return [...ids];
}

const teams = [
  'payments',
  'search',
  'billing',
  'fraud',
  'identity',
  'logistics',
  'data',
  'mobile',
  'platform',
];
const stages = ['prod', 'staging', 'test', 'dev', 'sandbox'];

/** Each account has dice of its own: another share changes what the share is of, and nothing else. */
function accountOf(generate: Generate, id: string, index: number, now: number): Account {
  const dice = diceFor(generate.seed, `account ${index}`);
  const name = `team-${dice.oneOf(teams)}-${dice.oneOf(stages)}-${index + 1}`;
  const isSuspended = dice.hits(generate.suspended);
  const isDenied = dice.hits(generate.deniedByScp);
  const rootUser = rootUserOf(generate, id, dice, now);
  return {
    id,
    name,
    email: `aws+${name}@example.com`,
    state: isSuspended ? 'SUSPENDED' : 'ACTIVE',
    serviceControlPolicies: isDenied ? [noRoot] : [],
    buckets: [],
    queues: [],
    ...(rootUser !== undefined && { rootUser }),
  };
}

const noRoot: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'NoRoot',
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    },
  ],
};

/** Every throw is made, whatever came of those before: so a share of one thing does not shift another. */
function rootUserOf(generate: Generate, id: string, dice: Dice, now: number): RootUser | undefined {
  const hasPassword = dice.hits(generate.withPassword);
  const hasKeys = dice.hits(generate.withAccessKeys);
  const hasMfa = dice.hits(generate.withMfa);
  const hasCertificates = dice.hits(generate.withSigningCertificates);
  if (!hasPassword && !hasKeys && !hasMfa && !hasCertificates) return undefined;
  return {
    ...(hasPassword && { password: usedOrNot(dice, now) }),
    accessKeys: hasKeys ? Array.from({ length: 1 + dice.below(2) }, () => accessKey(dice, now)) : [],
    mfaDevices: hasMfa
      ? [
          {
            serialNumber: `arn:aws:iam::${id}:mfa/root-account-mfa-device`,
            enabledAt: timeBefore(dice, now),
          },
        ]
      : [],
    signingCertificates: hasCertificates
      ? [{ id: dice.letters(32), status: 'Active', uploadedAt: timeBefore(dice, now) }]
      : [],
  };
}

function accessKey(dice: Dice, now: number): RootUser['accessKeys'][number] {
  const { lastUsedAt, ...created } = usedOrNot(dice, now);
  const key = { id: `AKIA${dice.letters(16)}`, status: dice.hits(0.8) ? 'Active' : 'Inactive', ...created };
  if (lastUsedAt === undefined) return key;
  return {
    ...key,
    lastUsedAt,
    lastUsedService: dice.oneOf(['s3', 'ec2', 'sts', 'iam']),
    lastUsedRegion: dice.oneOf(['us-east-1', 'eu-west-1', 'eu-central-1']),
  };
}

/** Most of what is left over from the early days was used at some time since. */
function usedOrNot(dice: Dice, now: number): { createdAt: string; lastUsedAt?: string } {
  const createdAt = timeBefore(dice, now);
  if (!dice.hits(0.7)) return { createdAt };
  const age = now - Date.parse(createdAt);
  return { createdAt, lastUsedAt: inWholeSeconds(now - dice.below(age)) };
}

const sevenYears = 7 * 365 * 24 * 60 * 60 * 1000;

function timeBefore(dice: Dice, now: number): string {
  return inWholeSeconds(now - 60_000 - dice.below(sevenYears));
}

function inWholeSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
