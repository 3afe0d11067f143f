import type { Caller } from '../../../policy/evaluate/request.ts';
import type { Service } from '../../../policy/language.ts';

/** The account whose bucket and queue they are, and everybody there is. Few names, so that policies meet callers. */
export const owner = '111122223333';
export const other = '444455556666';
export const region = 'eu-central-1';
export const now = new Date('2026-01-01T00:00:00Z');

export const resources: Readonly<Record<Service, string>> = {
  s3: 'arn:aws:s3:::orders',
  sqs: `arn:aws:sqs:${region}:${owner}:orders`,
};

export interface Somebody {
  readonly caller: Caller;
  /** The keys that go with who calls. */
  readonly identity: Readonly<Record<string, string>>;
}

function user(accountId: string, name: string, path = ''): Somebody {
  const arn = `arn:aws:iam::${accountId}:user/${path}${name}`;
  return {
    caller: { kind: 'user', accountId, arn, principalArn: arn },
    identity: {
      'aws:principalarn': arn,
      'aws:principalaccount': accountId,
      'aws:principaltype': 'User',
      'aws:userid': `AIDA${name.toUpperCase()}`,
      'aws:username': name,
    },
  };
}

function session(accountId: string, role: string, name: string, path = ''): Somebody {
  const principalArn = `arn:aws:iam::${accountId}:role/${path}${role}`;
  const arn = `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`;
  return {
    caller: { kind: 'session', accountId, arn, principalArn },
    identity: {
      'aws:principalarn': principalArn,
      'aws:principalaccount': accountId,
      'aws:principaltype': 'AssumedRole',
      'aws:userid': `AROA${role.toUpperCase()}:${name}`,
    },
  };
}

/** Users and sessions of the owner's account: those who may be locked out. */
export const ofAccount: readonly Somebody[] = [
  user(owner, 'alice', 'team/'),
  user(owner, 'carol'),
  session(owner, 'Admin', 'monday'),
  session(owner, 'Admin', 'tuesday'),
  session(owner, 'pipeline', 'run-7', 'ops/'),
  session(owner, 'reader', 'monday'),
];

/** A user and a session whom no policy names, by ARN or id. */
export const unnamed: readonly Somebody[] = [user(owner, 'zoe'), session(owner, 'visitor', 'friday')];

/** Somebody with this ARN of whom a policy can have nothing else to say: id and session are named nowhere. */
export function somebodyCalled(arn: string): Somebody | null {
  const [, kind, path = '', name = ''] =
    /^arn:aws:iam::111122223333:(user|role)\/(.*\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  if (kind === undefined) return null;
  const { caller, identity } =
    kind === 'user' ? user(owner, name, path) : session(owner, name, 'friday', path);
  return {
    caller,
    identity: { ...identity, 'aws:userid': kind === 'user' ? 'AIDAOTHER' : 'AROAOTHER:friday' },
  };
}

export const federatedBob: Somebody = {
  caller: {
    kind: 'session',
    accountId: owner,
    arn: `arn:aws:sts::${owner}:federated-user/bob`,
    principalArn: `arn:aws:sts::${owner}:federated-user/bob`,
  },
  identity: {
    'aws:principalarn': `arn:aws:sts::${owner}:federated-user/bob`,
    'aws:principalaccount': owner,
    'aws:principaltype': 'FederatedUser',
    'aws:userid': `${owner}:bob`,
  },
};

export const root: Somebody = {
  caller: {
    kind: 'root',
    accountId: owner,
    arn: `arn:aws:iam::${owner}:root`,
    principalArn: `arn:aws:iam::${owner}:root`,
  },
  identity: {
    'aws:principalarn': `arn:aws:iam::${owner}:root`,
    'aws:principalaccount': owner,
    'aws:principaltype': 'Account',
    'aws:userid': owner,
  },
};

export const strangers: readonly Somebody[] = [user(other, 'alice'), session(other, 'Admin', 'monday')];

const serviceName = 'logging.s3.amazonaws.com';
export const aService: Somebody = {
  caller: { kind: 'service', accountId: '', arn: serviceName, principalArn: '' },
  identity: { 'aws:principalisawsservice': 'true', 'aws:principalservicename': serviceName },
};

export const anonymous: Somebody = {
  caller: { kind: 'anonymous', accountId: '', arn: '', principalArn: '' },
  identity: { 'aws:principaltype': 'Anonymous' },
};

export const everybody: readonly Somebody[] = [
  ...ofAccount,
  federatedBob,
  root,
  ...strangers,
  aService,
  anonymous,
];
