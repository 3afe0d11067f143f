// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the policy language look like that.

import { globMatches } from '../../../policy/evaluate/glob.ts';
import { principalsMatch } from '../../../policy/evaluate/principals.ts';
import type { Caller } from '../../../policy/evaluate/request.ts';
import { reaches, statementMatches } from '../../../policy/evaluate/statement.ts';
import type { AwsPrincipal, Principals, Statement } from '../../../policy/language.ts';
import {
  anonymous,
  condition,
  context,
  federated,
  nobody,
  other,
  owner,
  root,
  service,
  session,
  stranger,
  user,
} from './samples.ts';

describe('a glob', () => {
  it.each<[pattern: string, text: string, expected: boolean]>([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'abc', true],
    ['?', '', false],
    ['a?c', 'abc', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['*.b', 'a.b.b', true],
    ['[a-z]+', 'abc', false],
    ['a\nb*', 'a\nb\nc', true],
  ])('%j on %j: %s', (pattern, text, expected) => {
    expect(globMatches(pattern, text)).toBe(expected);
  });

  it('takes no longer than both lengths make it, whatever it is', () => {
    // With a pattern that backtracks for every star, this would not end.
    expect(globMatches(`${'*a'.repeat(200)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(globMatches(`${'*a*?'.repeat(200)}*b`, `${'a'.repeat(20_000)}b`)).toBe(true);
  });
});

const callers = { user, session, federated, root, stranger, service, anonymous };
const matched = (principals: Principals) =>
  Object.entries(callers)
    .filter(([, caller]: [string, Caller]) => principalsMatch(principals, caller))
    .map(([name]) => name);
const account: AwsPrincipal = { kind: 'account', accountId: owner };
const aUser: AwsPrincipal = { kind: 'user', arn: user.arn, accountId: owner };
const role: AwsPrincipal = { kind: 'role', arn: session.principalArn, accountId: owner };
const aSession: AwsPrincipal = {
  kind: 'session',
  arn: session.arn,
  accountId: owner,
  roleName: 'Admin',
};
const bob: AwsPrincipal = { kind: 'federated-user', arn: federated.arn, accountId: owner };
const userBob: AwsPrincipal = {
  kind: 'user',
  arn: `arn:aws:iam::${owner}:user/bob`,
  accountId: owner,
};
const gone: AwsPrincipal = { kind: 'unique-id', id: 'AROAEXAMPLE' };

describe('Principal', () => {
  it.each<[what: string, principals: Partial<Principals>, expected: string[]]>([
    ['everyone', { everyone: true }, Object.keys(callers)],
    ['the account', { aws: [account] }, ['user', 'session', 'federated', 'root']],
    ['another account', { aws: [{ kind: 'account', accountId: other }] }, ['stranger']],
    ['a user', { aws: [aUser] }, ['user']],
    ['a role', { aws: [role] }, ['session']],
    ['a session', { aws: [aSession] }, ['session']],
    ['another session', { aws: [{ ...aSession, arn: `${aSession.arn}2` }] }, []],
    ['a role of that name elsewhere', { aws: [{ ...role, accountId: other }] }, []],
    ['a federated user', { aws: [bob] }, ['federated']],
    ['the user who federated', { aws: [userBob] }, ['federated']],
    ['somebody deleted', { aws: [gone] }, []],
    ['a service', { services: ['logging.s3.amazonaws.com'] }, ['service']],
    ['a canonical user', { canonicalUsers: ['79a5'] }, []],
    ['several', { aws: [aUser, gone], services: ['logging.s3.amazonaws.com'] }, ['user', 'service']],
  ])('%s', (_, principals, expected) => {
    expect(matched({ ...nobody, ...principals })).toEqual(expected);
  });
});

describe('NotPrincipal', () => {
  it.each<[what: string, principals: Partial<Principals>, spared: string[]]>([
    ['everyone', { everyone: true }, Object.keys(callers)],
    ['the account', { aws: [account] }, ['root']],
    ['a user', { aws: [aUser] }, ['user']],
    ['a role', { aws: [role] }, []],
    ['role and account, not the session', { aws: [role, account] }, ['root']],
    ['a session', { aws: [aSession] }, ['session']],
    ['a federated user', { aws: [bob] }, ['federated']],
    ['a service', { services: ['logging.s3.amazonaws.com'] }, ['service']],
    ['somebody deleted', { aws: [gone] }, []],
  ])('%s', (_, principals, spared) => {
    const expected = Object.keys(callers).filter((name) => !spared.includes(name));
    expect(matched({ ...nobody, ...principals, not: true })).toEqual(expected);
  });
});

describe('what a statement reaches', () => {
  it.each<[patterns: string[], text: string, how: 'action' | 'resource', expected: boolean]>([
    [['S3:put*'], 's3:PutBucketPolicy', 'action', true],
    [['s3:PutObject', '*'], 's3:PutBucketPolicy', 'action', true],
    [['s3:Put?'], 's3:PutBucketPolicy', 'action', false],
    [['arn:aws:s3:::bucket/*'], 'arn:aws:s3:::bucket', 'resource', false],
    [['arn:aws:s3:::buck?t'], 'arn:aws:s3:::bucket', 'resource', true],
    [['arn:aws:s3:::Bucket'], 'arn:aws:s3:::bucket', 'resource', false],
    [['arn:aws:sqs:*:jobs'], 'arn:aws:sqs:eu-west-1:111122223333:jobs', 'resource', true],
    [['arn:aws:s3:::${aws:username}'], 'arn:aws:s3:::bucket', 'resource', true],
  ])('%j, %s: %s, %s', (patterns, text, how, expected) => {
    expect(reaches({ not: false, patterns }, text, how)).toBe(expected);
    const hasVariable = how === 'resource' && patterns.some((pattern) => pattern.includes('${'));
    // What a variable stands for is not known: a statement is taken to be about more rather than less.
    expect(reaches({ not: true, patterns }, text, how)).toBe(hasVariable || !expected);
  });
});

describe('a statement', () => {
  const statement: Statement = {
    index: 0,
    sid: null,
    effect: 'Deny',
    principals: { ...nobody, everyone: true },
    actions: { not: false, patterns: ['s3:*'] },
    resources: { not: false, patterns: ['arn:aws:s3:::bucket'] },
    conditions: [
      condition('StringNotEquals', 'aws:SourceVpce', 'vpce-1'),
      condition('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/pipeline'),
    ],
  };
  const request = {
    caller: user,
    action: 's3:PutBucketPolicy',
    resource: 'arn:aws:s3:::bucket',
    context: context({ 'aws:PrincipalArn': user.arn }),
  };
  const matches = (changed: Partial<Statement>, requested: Partial<typeof request> = {}) =>
    statementMatches({ ...statement, ...changed }, { ...request, ...requested }, '2012-10-17');

  it('matches where each of its elements does', () => {
    expect(matches({})).toBe(true);
    expect(matches({}, { action: 'sqs:SendMessage' })).toBe(false);
    expect(matches({}, { resource: 'arn:aws:s3:::bucket/key' })).toBe(false);
    expect(matches({ principals: { ...nobody, aws: [bob] } })).toBe(false);
  });

  it('wants all of its conditions', () => {
    const inside = context({ 'aws:PrincipalArn': user.arn, 'aws:SourceVpce': 'vpce-1' });
    const pipeline = context({ 'aws:PrincipalArn': `arn:aws:iam::${owner}:role/pipeline` });
    expect(matches({}, { context: inside })).toBe(false);
    expect(matches({}, { context: pipeline })).toBe(false);
    expect(matches({ conditions: [] }, { context: inside })).toBe(true);
  });
});
