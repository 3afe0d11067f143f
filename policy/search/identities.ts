import { globMatches } from '../evaluate/glob.ts';
import type { Caller } from '../evaluate/request.ts';
import type { AwsPrincipal, Condition, Statement } from '../language.ts';
import { findText } from './find-text.ts';

/** Somebody of the owner's account who may call: an IAM user, or a session of a role. */
export interface Identity {
  readonly caller: Caller & { readonly kind: 'user' | 'session' };
  readonly userId: string;
  /** As the policy names them, by ARN, pattern or id; null for those that it does not name. */
  readonly named: string | null;
}

export interface Home {
  readonly accountId: string;
  readonly partition: string;
}

type Kind = Identity['caller']['kind'];

const kinds: readonly Kind[] = ['user', 'session'];
const pathOf = { user: 'user', session: 'role' } as const;

/** A name that nobody gives a principal. */
const unnamed = 'zz-somebody-else-zz';
const unnamedId = { user: 'AIDAZZSOMEBODYELSEZZ', session: 'AROAZZSOMEBODYELSEZZ' } as const;

const prefixOf = (kind: Kind, { accountId, partition }: Home) =>
  `arn:${partition}:iam::${accountId}:${pathOf[kind]}/`;

interface Parts {
  readonly principalArn: string;
  readonly userId?: string | undefined;
  readonly sessionName?: string | undefined;
}

function identity(
  kind: Kind,
  { principalArn, userId, sessionName }: Parts,
  home: Home,
  named: string | null,
): Identity {
  const { accountId, partition } = home;
  if (kind === 'user')
    return {
      caller: { kind, accountId, arn: principalArn, principalArn },
      userId: userId ?? unnamedId.user,
      named,
    };
  const role = principalArn.slice(principalArn.lastIndexOf('/') + 1);
  const session = userId?.split(':')[1] ?? sessionName ?? unnamed;
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${role}/${session}`;
  return {
    caller: { kind, accountId, arn, principalArn },
    userId: userId ?? `${unnamedId.session}:${session}`,
    named,
  };
}

/** What the policy says of a key that tells principals apart: for each condition, the globs that it compares with. */
function globsOn(key: string, statements: readonly Statement[]): string[][] {
  return statements.flatMap(({ conditions }) =>
    conditions
      .filter((condition) => condition.key === key)
      .map(globsIn)
      .filter((globs) => globs.length > 0),
  );
}

/** Equality takes `*` for itself: such a value is nobody's. Variables are filled in only once somebody calls. */
export function globsIn({ operator, values }: Condition): string[] {
  const plain = values.filter((value) => !value.includes('${'));
  if (/^Arn|Like$/.test(operator)) return plain;
  return operator.startsWith('String') ? plain.filter((value) => !/[*?]/.test(value)) : [];
}

/** A text that matches the glob and begins as wanted; undefined where there is none, or none was found. */
function witness(prefix: string, globs: readonly (readonly string[])[]): string | undefined {
  return findText({ all: [[`${prefix}?*`], ...globs], none: [] }) ?? undefined;
}

/** Single values, each with the name that the policy gives it; and what several conditions have in common. */
function textsOf(prefix: string, lists: readonly (readonly string[])[]): { text: string; named: string }[] {
  const single = [...new Set(lists.flat())].flatMap((glob) => {
    const text = glob.startsWith(prefix) && !/[*?]/.test(glob) ? glob : witness(prefix, [[glob]]);
    return text === undefined ? [] : [{ text, named: glob }];
  });
  const shared = subsetsOf(lists).flatMap((subset) => {
    const text = witness(prefix, subset);
    return text === undefined ? [] : [{ text, named: text }];
  });
  return [...single, ...shared.filter(({ text }) => !single.some((one) => one.text === text))];
}

/** All groups of two or more lists; of many, the pairs and the whole. */
function subsetsOf<T>(lists: readonly T[]): T[][] {
  const distinct = [...new Map(lists.map((list) => [JSON.stringify(list), list])).values()];
  if (distinct.length > 6) {
    const pairs = distinct.flatMap((a, index) => distinct.slice(index + 1).map((b) => [a, b]));
    return [...pairs.slice(0, 60), distinct];
  }
  const subsets: T[][] = [[]];
  for (const list of distinct) subsets.push(...subsets.map((subset) => [...subset, list]));
  return subsets.filter(({ length }) => length > 1);
}

/** Whoever no statement names: one user and one session. Where patterns cover every name, one under a pattern. */
export function ordinaryIdentities(statements: readonly Statement[], home: Home): [Identity, Identity] {
  const named = globsOn('aws:principalarn', statements).flat();
  const make = (kind: Kind) => {
    const prefix = prefixOf(kind, home);
    const guess = `${prefix}${unnamed}`;
    const isFree = !named.some((glob) => globMatches(glob, guess));
    const other = isFree ? guess : findText({ all: [[`${prefix}?*`]], none: named });
    return identity(kind, { principalArn: other ?? guess }, home, null);
  };
  return [make('user'), make('session')];
}

/** Everybody of the account whom the statements name in some way, one for each way. */
export function namedIdentities(statements: readonly Statement[], home: Home): Identity[] {
  const arns = globsOn('aws:principalarn', statements);
  const ids = globsOn('aws:userid', statements);
  const names = globsOn('aws:username', statements);
  const found: Identity[] = [];
  for (const kind of kinds) {
    const prefix = prefixOf(kind, home);
    const byArn = textsOf(prefix, arns);
    const byId = textsOf(kind === 'user' ? 'AIDA' : 'AROA', ids).filter(
      ({ text }) => text.includes(':') === (kind === 'session'),
    );
    for (const { named, text } of byArn) found.push(identity(kind, { principalArn: text }, home, named));
    const oneOfEach = representatives(byArn, arns);
    const alike = new Set(representatives(byId, ids));
    for (const one of byId) {
      const { named, text } = one;
      found.push(identity(kind, { principalArn: `${prefix}${unnamed}`, userId: text }, home, named));
      if (!alike.has(one)) continue;
      for (const arn of oneOfEach)
        found.push(
          identity(kind, { principalArn: arn.text, userId: text }, home, `${arn.named} with the id ${named}`),
        );
    }
    if (kind === 'session') found.push(...sessionsNamedByIdOnly(ids, home));
  }
  for (const { named, text } of textsOf('', names))
    found.push(identity('user', { principalArn: `${prefixOf('user', home)}${text}` }, home, named));
  const principals = statements.flatMap(({ principals }) => principals.aws);
  found.push(...principals.flatMap((principal) => ofPrincipal(principal, arns.flat(), home)));
  return distinct(found);
}

/** One for each way in which the conditions can come out: whoever matches the same lists is treated the same. */
function representatives<Text extends { readonly text: string }>(
  texts: readonly Text[],
  lists: readonly (readonly string[])[],
): Text[] {
  const sign = ({ text }: Text) =>
    lists.map((globs) => Number(globs.some((glob) => globMatches(glob, text)))).join('');
  return [...new Map(texts.map((one) => [sign(one), one])).values()];
}

/** `*:jane` names whoever calls a session so, in whatever role. */
function sessionsNamedByIdOnly(ids: readonly (readonly string[])[], home: Home): Identity[] {
  return ids.flat().flatMap((glob) => {
    const name = /^\*:([\w+=,.@-]+)$/.exec(glob)?.[1];
    const principalArn = `${prefixOf('session', home)}${unnamed}`;
    return name === undefined ? [] : [identity('session', { principalArn, sessionName: name }, home, glob)];
  });
}

/** Those of the owner's account. A role is named with its path in the one place, and without it in the other. */
function ofPrincipal(principal: AwsPrincipal, arns: readonly string[], home: Home): Identity[] {
  if (principal.kind === 'unique-id' || principal.accountId !== home.accountId) return [];
  switch (principal.kind) {
    case 'account':
    case 'federated-user':
      return [];
    case 'user':
      return [identity('user', { principalArn: principal.arn }, home, principal.arn)];
    case 'role':
      return [identity('session', { principalArn: principal.arn }, home, principal.arn)];
    case 'session': {
      const sessionName = principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
      const withPath = arns.filter((arn) => arn.includes(':role/') && arn.endsWith(`/${principal.roleName}`));
      const roles = [`${prefixOf('session', home)}${principal.roleName}`, ...withPath];
      return roles.map((principalArn) =>
        identity('session', { principalArn, sessionName }, home, principal.arn),
      );
    }
    default:
      return principal satisfies never;
  }
}

/** A name of the policy may stand for the same caller in two places. */
function distinct(identities: readonly Identity[]): Identity[] {
  return [
    ...new Map(
      identities.map((one) => [`${one.caller.arn} ${one.caller.principalArn} ${one.userId}`, one]),
    ).values(),
  ];
}
