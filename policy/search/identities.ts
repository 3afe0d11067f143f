import { globMatches } from '../evaluate/glob.ts';
import type { Caller } from '../evaluate/request.ts';
import type { AwsPrincipal, Statement } from '../language.ts';
import { findText } from './find-text.ts';
import type { Meter } from './meter.ts';
import { flat, globsOn, representatives, textsOf } from './texts.ts';

/** Somebody of the owner's account who may call: an IAM user, a session of a role, or a federated user's. */
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

type Kind = Identity['caller']['kind'] | 'federated';

const kinds: readonly Kind[] = ['user', 'session', 'federated'];
const pathOf = { user: 'iam::user', session: 'iam::role', federated: 'sts::federated-user' } as const;

/** A name that nobody gives a principal. */
const unnamed = 'zz-somebody-else-zz';
const unnamedId = { user: 'AIDAZZSOMEBODYELSEZZ', session: 'AROAZZSOMEBODYELSEZZ' } as const;

function prefixOf(kind: Kind, { accountId, partition }: Home): string {
  const [service, path] = pathOf[kind].split('::');
  return `arn:${partition}:${service}::${accountId}:${path}/`;
}

/** How the unique ids of a kind begin. Source: IAM User Guide, "Where you can use policy variables". */
function idPrefixOf(kind: Kind, { accountId }: Home): string {
  switch (kind) {
    case 'user':
      return 'AIDA';
    case 'session':
      return 'AROA';
    case 'federated':
      return `${accountId}:`;
    default:
      return kind satisfies never;
  }
}

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
  if (kind === 'federated') {
    // Its name is in all three: somebody who is named in one of them has it in the others.
    const name = userId?.slice(accountId.length + 1) ?? nameIn(principalArn);
    const arn = `${prefixOf(kind, home)}${name}`;
    return {
      caller: { kind: 'session', accountId, arn, principalArn: arn },
      userId: `${accountId}:${name}`,
      named,
    };
  }
  const role = nameIn(principalArn);
  const session = userId?.split(':')[1] ?? sessionName ?? unnamed;
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${role}/${session}`;
  return {
    caller: { kind, accountId, arn, principalArn },
    userId: userId ?? `${unnamedId.session}:${session}`,
    named,
  };
}

/** What an ARN ends with: the name of a user or role, or of a session. */
export const nameIn = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1);

/** Somebody with a federation token: few have one, so this is nobody ordinary. */
export function federatedIdentity(home: Home): Identity {
  return identity('federated', { principalArn: `${prefixOf('federated', home)}${unnamed}` }, home, null);
}

/** Whoever no statement names: one user and one session. Where patterns cover every name, one under a pattern. */
export function ordinaryIdentities(
  statements: readonly Statement[],
  home: Home,
  meter: Meter,
): [Identity, Identity] {
  const named = flat(globsOn('aws:principalarn', statements));
  const make = (kind: Kind) => {
    const prefix = prefixOf(kind, home);
    const guess = `${prefix}${unnamed}`;
    const isFree = !named.some((glob) => globMatches(glob, guess));
    const other = isFree ? guess : findText({ all: [[`${prefix}?*`]], none: named }, meter);
    return identity(kind, { principalArn: other ?? guess }, home, null);
  };
  return [make('user'), make('session')];
}

/** Whom the statements name. */
export interface Named {
  readonly identities: readonly Identity[];
  /** Whether there may be others: the search for what several patterns have in common was given up. */
  readonly isCut: boolean;
}

/** Everybody of the account whom the statements name in some way, one for each way. */
export function namedIdentities(statements: readonly Statement[], home: Home, meter: Meter): Named {
  const arns = globsOn('aws:principalarn', statements);
  const ids = globsOn('aws:userid', statements);
  const names = textsOf('', globsOn('aws:username', statements), meter);
  const found: Identity[] = [];
  let isCut = names.isCut;
  for (const kind of kinds) {
    const prefix = prefixOf(kind, home);
    const byArn = textsOf(prefix, arns, meter);
    const byId = textsOf(idPrefixOf(kind, home), ids, meter);
    const ofKind = byId.all.filter(({ text }) => text.includes(':') === (kind !== 'user'));
    isCut ||= byArn.isCut || byId.isCut;
    const oneOfEach = representatives(byArn.all, arns);
    const alike = new Set(representatives(ofKind, ids));
    for (const { named, text } of byArn.all) found.push(identity(kind, { principalArn: text }, home, named));
    for (const one of ofKind) {
      const { named, text: userId } = one;
      found.push(identity(kind, { principalArn: `${prefix}${unnamed}`, userId }, home, named));
      if (!alike.has(one)) continue;
      for (const arn of oneOfEach)
        found.push(
          identity(kind, { principalArn: arn.text, userId }, home, `${arn.named} with the id ${named}`),
        );
    }
    if (kind === 'session') found.push(...sessionsNamedByIdOnly(flat(ids), home));
  }
  for (const { named, text } of names.all)
    found.push(identity('user', { principalArn: `${prefixOf('user', home)}${text}` }, home, named));
  const principals = statements.flatMap((one) => one.principals.aws);
  found.push(...principals.flatMap((principal) => ofPrincipal(principal, flat(arns), home)));
  return { identities: distinct(found), isCut };
}

/** `*:jane` names whoever calls a session so, in whatever role. */
function sessionsNamedByIdOnly(ids: readonly string[], home: Home): Identity[] {
  return ids.flatMap((glob) => {
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
      return [];
    case 'federated-user':
      return [identity('federated', { principalArn: principal.arn }, home, principal.arn)];
    case 'user':
      return [identity('user', { principalArn: principal.arn }, home, principal.arn)];
    case 'role':
      return [identity('session', { principalArn: principal.arn }, home, principal.arn)];
    case 'session': {
      const sessionName = nameIn(principal.arn);
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
