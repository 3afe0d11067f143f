import { conditionHolds } from '../evaluate/condition.ts';
import { principalsMatch } from '../evaluate/principals.ts';
import type { Context } from '../evaluate/request.ts';
import type { Condition, Policy, Statement } from '../language.ts';
import { type Circumstances, contextOf, ordinaryValue } from './circumstances.ts';
import type { Identity } from './identities.ts';
import { absent, type Values } from './values.ts';

/** Denys that reach one action, and what a request may be like. */
export interface Field {
  readonly denies: readonly Statement[];
  readonly version: Policy['version'];
  readonly circumstances: Circumstances;
}

type Keys = ReadonlyMap<string, Values>;

const holds = (conditions: readonly Condition[], context: Context, version: Policy['version']) =>
  conditions.every((condition) => conditionHolds(condition, context, version));

/** The Denys that this caller runs into. */
function hitting(field: Field, { caller }: Identity, context: Context): Statement[] {
  return field.denies.filter(
    ({ conditions, principals }) =>
      principalsMatch(principals, caller) && holds(conditions, context, field.version),
  );
}

function ordinaryContext({ circumstances }: Field, identity: Identity, account: Keys): Context {
  const free = [...circumstances.free.keys()].map((key) => [key, ordinaryValue(key, identity)] as const);
  return contextOf(identity, circumstances.fixed, circumstances.networks[0], account, free);
}

/** Whether somebody who does nothing special gets in: whatever the account is like, not at all, or by what it is like. */
export function ordinarily(field: Field, identity: Identity): 'in' | 'out' | 'depends' {
  const outcomes = new Set(
    field.circumstances.ofAccount.map(
      (account) => hitting(field, identity, ordinaryContext(field, identity, account)).length === 0,
    ),
  );
  if (outcomes.size > 1) return 'depends';
  return outcomes.has(true) ? 'in' : 'out';
}

/** What it takes to get in: the conditions that have to come out otherwise than for an ordinary caller. */
export interface Way {
  readonly identity: Identity;
  /** Conditions of Denys that do not hold for this caller, and would for an ordinary one. */
  readonly by: readonly Condition[];
}

/** Beyond these nobody waits: what was not found until then is not known. */
const mostCombinations = 20_000;
const mostSteps = 20_000;

/** A way in for one of these, whatever they have to bring along; null: there is none; undefined: it was not found out. */
export function wayIn(field: Field, identities: readonly Identity[]): Way | null | undefined {
  const { circumstances, denies, version } = field;
  let isSure = !circumstances.isCut;
  let tried = 0;
  for (const identity of identities) {
    for (const account of circumstances.ofAccount) {
      for (const network of circumstances.networks) {
        tried += 1;
        if (tried > mostCombinations) return undefined;
        const found = coverFree(field, identity, contextBase(field, account, network));
        if (found === undefined) isSure = false;
        else if (found !== null) return { identity, by: different(field, identity, found) };
      }
    }
  }
  const entangled = denies.some(({ conditions }) =>
    conditions.some((condition) => isEntangled(condition, circumstances)),
  );
  return isSure && !(entangled && version === '2012-10-17') ? null : undefined;
}

function contextBase({ circumstances }: Field, account: Keys, network: Keys): Keys {
  const off: [string, Values][] = [...circumstances.networks].flatMap((one) =>
    [...one.keys()].map((key): [string, Values] => [key, absent]),
  );
  return new Map([...circumstances.fixed, ...off, ...network, ...account]);
}

/** A condition on one free key whose value speaks of another: what is tried here tries them apart. */
function isEntangled({ values }: Condition, { free }: Circumstances): boolean {
  return values.some((value) => [...free.keys()].some((key) => value.toLowerCase().includes(`\${${key}`)));
}

/** Chooses the free keys so that no Deny is left that hits. */
function coverFree(field: Field, identity: Identity, base: Keys): Context | null | undefined {
  const { circumstances, denies, version } = field;
  const free = [...circumstances.free];
  const plain = contextOf(
    identity,
    base,
    free.map(([key]) => [key, ordinaryValue(key, identity)] as const),
  );
  const left = denies.filter(
    ({ conditions, principals }) =>
      principalsMatch(principals, identity.caller) &&
      holds(
        conditions.filter(({ key }) => !circumstances.free.has(key)),
        plain,
        version,
      ),
  );
  let steps = 0;
  const choose = (
    index: number,
    chosen: readonly (readonly [string, Values])[],
    still: readonly Statement[],
  ): Context | null | undefined => {
    if (still.length === 0) return contextOf(identity, plain, chosen);
    const [key, choices] = free[index] ?? [];
    if (key === undefined || choices === undefined) return null;
    let sure: null | undefined = null;
    for (const values of [ordinaryValue(key, identity), ...choices]) {
      steps += 1;
      if (steps > mostSteps) return undefined;
      const context = contextOf(identity, plain, [[key, values]]);
      const rest = still.filter(({ conditions }) =>
        holds(
          conditions.filter((condition) => condition.key === key),
          context,
          version,
        ),
      );
      const found = choose(index + 1, [...chosen, [key, values]], rest);
      if (found === undefined) sure = undefined;
      else if (found !== null) return found;
    }
    return sure;
  };
  return choose(0, [], left);
}

/** What sets this caller apart, in terms of the policy. */
function different(field: Field, identity: Identity, context: Context): Condition[] {
  const [account = new Map()] = field.circumstances.ofAccount;
  const ordinary = ordinaryContext(field, identity, account);
  const { ofAccount } = field.circumstances;
  const isOfAccount = (key: string) => ofAccount.some((one) => one.has(key));
  return field.denies
    .filter(({ principals }) => principalsMatch(principals, identity.caller))
    .filter(({ conditions }) => !holds(conditions, context, field.version))
    .flatMap(({ conditions }) =>
      conditions.filter(
        (condition) =>
          !conditionHolds(condition, context, field.version) &&
          (isOfAccount(condition.key) || conditionHolds(condition, ordinary, field.version)),
      ),
    );
}

/** The Denys that can hit anybody of the account at all. */
export function thatHit(field: Field, identities: readonly Identity[]): Statement[] {
  return field.denies.filter((deny) => canHit(deny, field, identities));
}

/** Whether there is a caller for whom all of a Deny's conditions hold: each key is chosen for itself. */
function canHit(
  { conditions, principals }: Statement,
  field: Field,
  identities: readonly Identity[],
): boolean {
  const { circumstances, version } = field;
  return identities.some((identity) => {
    if (!principalsMatch(principals, identity.caller)) return false;
    return circumstances.ofAccount.some((account) =>
      circumstances.networks.some((network) => {
        const base = contextBase(field, account, network);
        const bound = conditions.filter(({ key }) => !circumstances.free.has(key));
        const plain = contextOf(
          identity,
          base,
          [...circumstances.free.keys()].map((key) => [key, ordinaryValue(key, identity)] as const),
        );
        if (!holds(bound, plain, version)) return false;
        return [...circumstances.free].every(([key, choices]) => {
          const own = conditions.filter((condition) => condition.key === key);
          return (
            own.length === 0 ||
            [ordinaryValue(key, identity), ...choices].some((values) =>
              holds(own, contextOf(identity, plain, [[key, values]]), version),
            )
          );
        });
      }),
    );
  });
}
