import type { ActionReading } from './diagnosis.ts';
import type { Policy, Statement } from './language.ts';
import { circumstancesOf } from './search/circumstances.ts';
import { type Field, ordinarily, thatHit, type Way, wayIn } from './search/escape.ts';
import {
  federatedIdentity,
  type Identity,
  namedIdentities,
  ordinaryIdentities,
} from './search/identities.ts';
import type { Surroundings } from './search/keys.ts';
import { withKnownVariables } from './search/known-variables.ts';
import { type Meter, TooIntricateError } from './search/meter.ts';
import { callersWith } from './words/conditions.ts';
import { deniesWhom, whom } from './words/denies.ts';
import { listed, statementName } from './words/lists.ts';

/** The reading of one action, and whether those that no statement names can do it. */
export interface Read {
  readonly reading: ActionReading;
  readonly ordinaryGetIn: boolean;
}

/**
 * Reads what the Denys that reach one action do to the principals of the owner's account. A canonical user id stands for
 * some account, and which one cannot be told: both readings are made.
 */
export function readAction(
  reaching: readonly Statement[],
  version: Policy['version'],
  surroundings: Surroundings & { readonly partition: string },
  meter: Meter,
): Read {
  const denies = withKnownVariables(reaching, version, surroundings);
  const read = (some: readonly Statement[]) => {
    try {
      return readWithin(meter, some, version, surroundings);
    } catch (error) {
      if (!(error instanceof TooIntricateError)) throw error;
      return { reading: undecided(some, surroundings.accountId), ordinaryGetIn: false };
    }
  };
  const doubtful = denies.filter(({ principals }) => principals.canonicalUsers.length > 0);
  if (doubtful.length === 0) return read(denies);
  const without = read(denies.filter((deny) => !doubtful.includes(deny)));
  const everybody = { not: false, everyone: true, aws: [], services: [], federated: [], canonicalUsers: [] };
  const within = read(
    denies.map((deny) => (doubtful.includes(deny) ? { ...deny, principals: everybody } : deny)),
  );
  if (without.reading.verdict === 'locks-everyone' || within.reading.verdict === 'no-lockout') return without;
  const names = listed(doubtful.map(statementName));
  const why = `${names} speaks of a canonical user id; whether that is the one of account ${surroundings.accountId} is not shown by the policy alone. If it is: ${within.reading.why}`;
  return { reading: { ...within.reading, verdict: 'depends', why }, ordinaryGetIn: false };
}

/** Where the reading was given up: everybody may be shut out, by any of these. */
function undecided(denies: readonly Statement[], accountId: string): ActionReading {
  const names = listed(denies.map(statementName));
  return {
    verdict: 'depends',
    shutOut: [`every IAM principal of account ${accountId}, as far as is known`],
    spared: [],
    statements: denies.map(({ index, sid }) => ({ index, sid })),
    why: `${names} may deny it; whom they spare is too intricate to be decided.`,
    undecided: true,
  };
}

function readWithin(
  meter: Meter,
  denies: readonly Statement[],
  version: Policy['version'],
  surroundings: Surroundings & { readonly partition: string },
): Read {
  const circumstances = circumstancesOf(denies, surroundings, meter);
  const field: Field = { denies, version, circumstances, meter };
  const ordinary = ordinaryIdentities(denies, surroundings, meter);
  const { identities: named, isCut } = namedIdentities(denies, surroundings, meter);
  const anybody = [...ordinary, ...named, federatedIdentity(surroundings)];
  const hitting = thatHit(field, anybody);
  const everybody = `every IAM principal of account ${surroundings.accountId}`;
  const said =
    hitting.length > 0 ? sayingOf(hitting, surroundings) : `${listed(denies.map(statementName))} may deny it`;
  const reading = (
    verdict: ActionReading['verdict'],
    people: Pick<ActionReading, 'shutOut' | 'spared'>,
    why: string,
  ): ActionReading => ({
    verdict,
    ...people,
    statements: hitting.map(({ index, sid }) => ({ index, sid })),
    why,
  });

  const [user, session] = ordinary.map((identity) => ordinarily(field, identity));
  const isIn = user === 'in' && session === 'in';
  if (isIn && hitting.length === 0)
    return {
      reading: reading('no-lockout', { shutOut: [], spared: [everybody] }, harmless(denies)),
      ordinaryGetIn: true,
    };
  if (isIn) {
    const shutOut = [...new Set(hitting.map((deny) => whom(deny, surroundings)))];
    const people = { shutOut, spared: [`${everybody} that is not shut out by name or by how it calls`] };
    return {
      reading: reading('locks-some', people, `${said}; everybody else keeps it.`),
      ordinaryGetIn: true,
    };
  }
  const spared = [
    ...(user === 'in' ? [`IAM users of account ${surroundings.accountId}`] : []),
    ...(session === 'in' ? [`sessions of roles of account ${surroundings.accountId}`] : []),
    ...namesOf(named.filter((identity) => ordinarily(field, identity) === 'in')),
  ];
  if (spared.length > 0) {
    const people = { shutOut: [`${everybody} but those spared`], spared };
    return { reading: reading('locks-some', people, `${said}.`), ordinaryGetIn: false };
  }
  const found = waysIn(field, anybody);
  const ways = found === null && isCut ? [] : found;
  if (ways === null) {
    const together =
      hitting.length > 1 ? ', and together they leave nobody' : ', and nobody of the account is spared';
    const people = { shutOut: [everybody], spared: [] };
    return { reading: reading('locks-everyone', people, `${said}${together}.`), ordinaryGetIn: false };
  }
  const whether =
    ways.length === 0
      ? 'whether anybody gets past that is too intricate to be decided from the policy alone'
      : `whether there are ${listed(ways, 'or')} is not shown by the policy alone`;
  const people = { shutOut: [`${everybody} that calls otherwise`], spared: ways };
  return { reading: reading('depends', people, `${said}; ${whether}.`), ordinaryGetIn: false };
}

const mostSaid = 4;

/** What each Deny does; of many the first ones, for a sentence has an end. */
function sayingOf(denies: readonly Statement[], surroundings: Surroundings): string {
  const said = denies.slice(0, mostSaid).map((deny) => deniesWhom(deny, surroundings));
  const more = denies.length - said.length;
  return [...said, ...(more > 0 ? [`${more} more Deny statements shut out likewise`] : [])].join('; ');
}

function namesOf(identities: readonly Identity[]): string[] {
  return [...new Set(identities.flatMap(({ named }) => named ?? []))];
}

/**
 * The ways in for those who bring something along, each in words: first those that take one thing only. Null where
 * there is no way; none where it could not be found out.
 */
function waysIn(field: Field, identities: readonly Identity[]): string[] | null {
  const single = fieldsOfOneKey(field).flatMap((one) => wayIn(one, identities) ?? []);
  if (single.length > 0) return [...new Set(single.map(wayInWords))];
  const way = wayIn(field, identities);
  if (way === null) return null;
  return way === undefined ? [] : [wayInWords(way)];
}

/** The same Denys where all but one key are as they ordinarily are. */
function fieldsOfOneKey(field: Field): Field[] {
  const { circumstances } = field;
  const [network] = circumstances.networks;
  const none = new Map();
  const onlyNetwork = { ...circumstances, free: reduced(field, null) };
  const [account = none] = circumstances.ofAccount;
  const onlyAccount = { ...circumstances, networks: [network] as const, free: reduced(field, null) };
  const eachFree = [...circumstances.free.keys()].map((key) => ({
    ...circumstances,
    networks: [network] as const,
    ofAccount: [account],
    free: reduced(field, key),
  }));
  return [{ ...onlyNetwork, ofAccount: [account] }, onlyAccount, ...eachFree].map((one) => ({
    ...field,
    circumstances: one,
  }));
}

/** Free keys that may hold nothing but what they ordinarily do, save one. */
function reduced({ circumstances }: Field, kept: string | null): Field['circumstances']['free'] {
  return new Map([...circumstances.free].map(([key, values]) => [key, key === kept ? values : []]));
}

function wayInWords({ by, identity }: Way): string {
  const how = [...new Set(by.map((condition) => callersWith(condition, false)))].join(' and ');
  const isFederated = identity.caller.arn.includes(':federated-user/');
  const who = identity.named ?? (isFederated ? 'federated users' : 'callers');
  return how === '' ? who : `${who} ${how}`;
}

function harmless(denies: readonly Statement[]): string {
  if (denies.length === 0) return 'No Deny statement reaches it.';
  const names = listed(denies.map(statementName));
  return `${names} ${denies.length === 1 ? 'reaches' : 'reach'} it, but no call that a principal of the account makes runs into ${denies.length === 1 ? 'it' : 'them'}.`;
}
