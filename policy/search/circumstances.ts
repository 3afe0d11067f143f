import { inRange, isAddress } from '../evaluate/ip-address.ts';
import type { Context } from '../evaluate/request.ts';
import type { Condition, Statement } from '../language.ts';
import { type Identity, nameIn } from './identities.ts';
import { type KeyKind, kindOfKey, networkKeys, type Surroundings } from './keys.ts';
import type { Meter } from './meter.ts';
import { absent, type Values, valuesFor } from './values.ts';

type Keys = ReadonlyMap<string, Values>;

/** All that a request carries besides who sends it: every key that the statements ask for, and what it may hold. */
export interface Circumstances {
  /** The same for every caller: known, or never there. */
  readonly fixed: Keys;
  /** The account is one way or another, and the policy does not say which: each combination of these. */
  readonly ofAccount: readonly Keys[];
  /** Ways in: the first is the ordinary one, through the internet from an address that nobody names. */
  readonly networks: readonly [Keys, ...Keys[]];
  /** Keys that depend on how somebody signed in and what they send; of each, what it may hold. */
  readonly free: ReadonlyMap<string, readonly Values[]>;
  /** When the request is made: a session was opened no later. */
  readonly now: Date;
  /** Whether some combinations were left out, because there are too many. */
  readonly isCut: boolean;
}

const most = 400;

export function circumstancesOf(
  statements: readonly Statement[],
  surroundings: Surroundings,
  meter: Meter,
): Circumstances {
  const conditions = statements.flatMap((statement) => statement.conditions);
  const on = (key: string) => conditions.filter((condition) => condition.key === key);
  const keys = [...new Set([...conditions.map(({ key }) => key), ...conditions.flatMap(variablesIn)])];
  const kinds = keys.map((key) => [key, kindOfKey(key, surroundings)] as const);
  const ofKind = (kind: KeyKind['kind']) => kinds.filter(([, its]) => its.kind === kind).map(([key]) => key);
  const choices = (key: string) => valuesFor(on(key), meter);

  const ofAccount = combined(ofKind('of-account').map((key) => [key, choices(key)]));
  const networks = networksOf(on, meter);
  return {
    fixed: new Map(kinds.map(([key, its]) => [key, its.kind === 'known' ? its.values : absent])),
    ofAccount: ofAccount.all,
    networks: networks.all,
    free: new Map(ofKind('free').map((key) => [key, choices(key)])),
    now: surroundings.now,
    isCut: ofAccount.isCut || networks.isCut,
  };
}

function variablesIn({ values }: Condition): string[] {
  return values.flatMap((value) =>
    [...value.matchAll(/\$\{\s*([^},\s]+)/g)].flatMap(([, key]) =>
      key?.includes(':') ? [key.toLowerCase()] : [],
    ),
  );
}

/** Every combination of what these keys may hold. */
function combined(keys: readonly (readonly [string, readonly Values[]])[]): { all: Keys[]; isCut: boolean } {
  let all: Keys[] = [new Map()];
  for (const [key, values] of keys) {
    all = all.flatMap((one) => values.map((value) => new Map([...one, [key, value]])));
    if (all.length > most) return { all: all.slice(0, most), isCut: true };
  }
  return { all, isCut: false };
}

const anywhere: Keys = new Map([['aws:sourceip', ['198.18.0.1']]]);

/**
 * A request comes through the internet, with a source address, or through a VPC endpoint, with the keys of the VPC and
 * without aws:SourceIp: never with both. Source: IAM User Guide, "Properties of the network".
 */
function networksOf(
  on: (key: string) => Condition[],
  meter: Meter,
): { all: [Keys, ...Keys[]]; isCut: boolean } {
  const present = (key: string) =>
    valuesFor(on(key), meter).filter(
      ([value = '', more]) => more === undefined && (key.endsWith('ip') ? isAddress(value) : value !== ''),
    );
  const named = on('aws:sourceip').flatMap(({ values }) => values);
  const isNamed = ([address = '']: Values) => named.some((range) => inRange(range, address) === true);
  const addresses = [...(anywhere.get('aws:sourceip') ?? []).map((one) => [one]), ...present('aws:sourceip')];
  const internet = [...addresses.filter((one) => !isNamed(one)), ...addresses.filter(isNamed)].map(
    (values): Keys => new Map([['aws:sourceip', values]]),
  );
  // Where ranges cover every address, nobody knows which of them an ordinary caller comes from.
  const isCovered = named.length > 1 && addresses.every(isNamed);
  if (networkKeys.every((key) => on(key).length === 0)) return { all: [anywhere], isCut: false };
  const endpoints = combined(
    networkKeys.slice(1).map((key) => {
      const values = present(key);
      return [key, values.length === 0 ? [[key.endsWith('ip') ? '10.0.0.1' : 'zz-other-zz']] : values];
    }),
  );
  const [first = anywhere, ...others] = internet;
  return { all: [first, ...others, ...endpoints.all], isCut: endpoints.isCut || isCovered };
}

/** sha256 of nothing, which is the body of a request that reads. */
const emptyBody = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** How a key stands with somebody who does nothing special: most are absent. Source: as for `keys.ts`. */
export function ordinaryValue(key: string, { caller }: Identity): Values {
  // A session made without MFA says so; long-term credentials say nothing.
  if (key === 'aws:multifactorauthpresent') return caller.kind === 'session' ? ['false'] : absent;
  if (key === 'aws:viaawsservice') return ['false'];
  if (key === 'aws:useragent') return ['aws-cli/2'];
  if (key === 's3:authtype') return ['REST-HEADER'];
  if (key === 's3:x-amz-content-sha256') return [emptyBody];
  return absent;
}

export function contextOf(
  { caller, userId }: Identity,
  now: Date,
  ...parts: readonly Iterable<readonly [string, Values]>[]
): Context {
  const context = new Map<string, Values>();
  for (const part of parts) for (const [key, values] of part) context.set(key, values);
  context.set('aws:principalarn', [caller.principalArn]);
  context.set('aws:userid', [userId]);
  context.set('aws:principaltype', [principalType(caller)]);
  context.set('aws:username', caller.kind === 'user' ? [nameIn(caller.arn)] : absent);
  // Long-term credentials have no token.
  context.set('aws:tokenissuetime', caller.kind === 'session' ? [now.toISOString()] : absent);
  for (const [key, values] of context) if (values.length === 0) context.delete(key);
  return context;
}

function principalType({ arn, kind }: Identity['caller']): string {
  if (kind === 'user') return 'User';
  return arn.includes(':federated-user/') ? 'FederatedUser' : 'AssumedRole';
}
