import { conditionHolds } from '../evaluate/condition.ts';
import { principalsMatch } from '../evaluate/principals.ts';
import type { Lookup } from '../evaluate/request.ts';
import { fillIn } from '../evaluate/variables.ts';
import type { Condition, Policy, Statement } from '../language.ts';
import { type Circumstances, contextOf, ordinaryValue } from './circumstances.ts';
import type { Identity } from './identities.ts';
import { networkKeys } from './keys.ts';
import { isVariable } from './known-variables.ts';
import type { Meter } from './meter.ts';
import { absent, type Values } from './values.ts';

/** Denys that reach one action, and what a request may be like. */
export interface Field {
  readonly denies: readonly Statement[];
  readonly version: Policy['version'];
  readonly circumstances: Circumstances;
  readonly meter: Meter;
}

type Keys = ReadonlyMap<string, Values>;

/** Whether all of them hold. */
function hold(conditions: readonly Condition[], context: Lookup, { meter, version }: Field): boolean {
  return conditions.every((condition) => {
    meter.spend(condition.values.length);
    return conditionHolds(condition, context, version);
  });
}

function isAbout({ principals }: Statement, { caller }: Identity, { meter }: Field): boolean {
  meter.spend(principals.aws.length + 1);
  return principalsMatch(principals, caller);
}

/** The Denys that this caller runs into. */
function hitting(field: Field, identity: Identity, context: Lookup): Statement[] {
  return field.denies.filter(
    (deny) => isAbout(deny, identity, field) && hold(deny.conditions, context, field),
  );
}

function ordinaryContext(field: Field, identity: Identity, account: Keys): Lookup {
  return plainContext(field, identity, contextBase(field, account, field.circumstances.networks[0]));
}

/** Whether somebody who does nothing special gets in: whatever the account is like, not at all, or by what it is like. */
export function ordinarily(field: Field, identity: Identity): 'in' | 'out' | 'depends' {
  const outcomes = new Set(
    field.circumstances.ofAccount.map(
      (account) => hitting(field, identity, ordinaryContext(field, identity, account)).length === 0,
    ),
  );
  if (outcomes.size > 1 || (field.circumstances.isCut && outcomes.has(true))) return 'depends';
  return outcomes.has(true) ? 'in' : 'out';
}

/** What it takes to get in: the conditions that have to come out otherwise than for an ordinary caller. */
export interface Way {
  readonly identity: Identity;
  /** Conditions of Denys that do not hold for this caller, and would for an ordinary one. */
  readonly by: readonly Condition[];
}

/** A way in for one of these, whatever they have to bring along; null: there is none; undefined: it was not found out. */
export function wayIn(field: Field, identities: readonly Identity[]): Way | null | undefined {
  const { circumstances, denies, version } = field;
  for (const identity of identities) {
    for (const account of circumstances.ofAccount) {
      for (const network of circumstances.networks) {
        const found = coverFree(field, identity, contextBase(field, account, network));
        if (found !== null) return { identity, by: different(field, identity, found) };
      }
    }
  }
  const isEntangled = denies.some(({ conditions }) =>
    conditions.some(({ values }) => values.some((value) => isVariable(value, version))),
  );
  return circumstances.isCut || isEntangled ? undefined : null;
}

const noNetwork = networkKeys.map((key): [string, Values] => [key, absent]);

function contextBase({ circumstances, meter }: Field, account: Keys, network: Keys): Keys {
  meter.spend(circumstances.fixed.size + account.size + 10);
  return new Map([...circumstances.fixed, ...noNetwork, ...network, ...account]);
}

/** What a free key may hold: what the policy names, and what its variables stand for with this caller. */
function choicesOf(key: string, own: readonly Condition[], context: Lookup, field: Field): readonly Values[] {
  const variable = own.flatMap(({ values }) => values.filter((value) => isVariable(value, field.version)));
  const filled = variable.flatMap((value) => {
    const pieces = fillIn(value, context, field.version);
    return pieces === null
      ? []
      : [
          [
            pieces
              .map(({ text }) => text)
              .join('')
              .replaceAll(/[*?]/g, 'x'),
          ],
        ];
  });
  return [...(field.circumstances.free.get(key) ?? []), ...filled];
}

/** Everything as it ordinarily is with this caller, but for what `base` says. */
function plainContext({ circumstances, meter }: Field, identity: Identity, base: Keys): Lookup {
  const free = [...circumstances.free.keys()].map((key) => [key, ordinaryValue(key, identity)] as const);
  meter.spend(base.size + free.length + 10);
  return contextOf(identity, circumstances.now, base, free);
}

/** One key more, or another value of it. */
function withKey(context: Lookup, key: string, values: Values): Lookup {
  const present = values.length === 0 ? undefined : values;
  return { get: (asked) => (asked === key ? present : context.get(asked)) };
}

/** Chooses the free keys so that no Deny is left that hits: takes one that does, and tries all that keeps it from it. */
function coverFree(field: Field, identity: Identity, base: Keys): Lookup | null {
  const { circumstances, denies } = field;
  const plain = plainContext(field, identity, base);
  const left = denies
    .filter((deny) => isAbout(deny, identity, field))
    .filter(({ conditions }) =>
      hold(
        conditions.filter(({ key }) => !circumstances.free.has(key)),
        plain,
        field,
      ),
    );
  const choose = (context: Lookup, chosen: ReadonlySet<string>): Lookup | null => {
    const hit = left.find(({ conditions }) => hold(conditions, context, field));
    if (hit === undefined) return context;
    const open = [...new Set(hit.conditions.map(({ key }) => key))].filter((key) => !chosen.has(key));
    for (const key of open) {
      const own = hit.conditions.filter((condition) => condition.key === key);
      for (const values of choicesOf(key, own, context, field)) {
        const next = withKey(context, key, values);
        if (hold(own, next, field)) continue;
        const found = choose(next, new Set([...chosen, key]));
        if (found !== null) return found;
      }
    }
    return null;
  };
  return choose(plain, new Set());
}

/** What sets this caller apart, in terms of the policy. */
function different(field: Field, identity: Identity, context: Lookup): Condition[] {
  const [account = new Map()] = field.circumstances.ofAccount;
  const ordinary = ordinaryContext(field, identity, account);
  const { ofAccount } = field.circumstances;
  const isOfAccount = (key: string) => ofAccount.some((one) => one.has(key));
  return field.denies
    .filter(({ principals }) => principalsMatch(principals, identity.caller))
    .filter(({ conditions }) => !hold(conditions, context, field))
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

/**
 * Whether a condition asks for what is not known even of one caller: what a variable stands for, the unique id of
 * somebody who is named by ARN, the path of a role whose session is named. It may hold.
 */
function mayHold({ key, values }: Condition, { named }: Identity, { version }: Field): boolean {
  if (values.some((value) => isVariable(value, version))) return true;
  if (key === 'aws:userid') return named?.startsWith('arn:') === true;
  return key === 'aws:principalarn' && named?.includes(':assumed-role/') === true;
}

/** Whether there is a caller for whom all of a Deny's conditions hold: each key is chosen for itself. */
function canHit(deny: Statement, field: Field, identities: readonly Identity[]): boolean {
  const { circumstances } = field;
  return identities.some((identity) => {
    if (!isAbout(deny, identity, field)) return false;
    const conditions = deny.conditions.filter((condition) => !mayHold(condition, identity, field));
    return circumstances.ofAccount.some((account) =>
      circumstances.networks.some((network) => {
        const plain = plainContext(field, identity, contextBase(field, account, network));
        const bound = conditions.filter(({ key }) => !circumstances.free.has(key));
        if (!hold(bound, plain, field)) return false;
        return [...circumstances.free.keys()].every((key) => {
          const own = conditions.filter((condition) => condition.key === key);
          return (
            own.length === 0 ||
            [ordinaryValue(key, identity), ...choicesOf(key, own, plain, field)].some((values) =>
              hold(own, withKey(plain, key, values), field),
            )
          );
        });
      }),
    );
  });
}
