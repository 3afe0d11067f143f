// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the policy language look like that.

import { statementMatches } from '../../../policy/evaluate/statement.ts';
import { decide } from './decide.ts';
import { read } from './read.ts';
import { federatedBob, now, ofAccount, owner, resources, type Somebody } from './world.ts';

/**
 * Where the evaluation here and the oracle part, each at its smallest. The generators leave these out. A row that turns
 * red because the oracle has come round is to go, and the generators may then make what it is about.
 */
interface Disagreement {
  readonly what: string;
  /** AWS's own words, with the page of the IAM User Guide; or why it is so here, where AWS says nothing. */
  readonly because: string;
  /** A Deny of everything on the resource to everyone, but for these members. */
  readonly deny: Readonly<Record<string, unknown>>;
  readonly version?: '2008-10-17';
  readonly caller?: Somebody;
  readonly context?: Readonly<Record<string, string>>;
  readonly denied: { readonly here: boolean; readonly oracle: boolean };
}

const [alice, , monday] = ofAccount;
if (alice === undefined || monday === undefined) throw new Error('the world has both');
const hereOnly = { here: true, oracle: false };
const oracleOnly = { here: false, oracle: true };

const disagreements: readonly Disagreement[] = [
  {
    what: 'an account in NotPrincipal, for its other principals',
    because:
      '"all principals except the user named Bob in AWS account 444455556666 are explicitly denied", of a statement that names Bob and the root of his account ("AWS JSON policy elements: NotPrincipal")',
    deny: { Principal: undefined, NotPrincipal: { AWS: owner } },
    denied: hereOnly,
  },
  {
    what: 'a role in NotPrincipal, for its sessions',
    because:
      '"The assumed-role user is identified by the role session name that is specified when they assumed the role", and "you cannot use a wildcard (*) to mean all sessions. Principals must always name a specific session" ("AWS JSON policy elements: NotPrincipal")',
    deny: { Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${owner}:role/Admin` } },
    caller: monday,
    denied: hereOnly,
  },
  {
    what: 'a user in NotPrincipal, for the sessions that federate from it',
    because: 'AWS says nothing; the session is named by an ARN of its own, as that of a role is',
    deny: { Principal: undefined, NotPrincipal: { AWS: `arn:aws:iam::${owner}:user/bob` } },
    caller: federatedBob,
    denied: hereOnly,
  },
  {
    what: 'a variable without a value under a negated operator',
    because:
      'a variable without a value equals nothing ("Variables and tags", on policy variables with no value), so that not equal holds; and a Deny that may hold is not read as none',
    deny: { Condition: { StringNotEquals: { 'aws:SourceIdentity': '${aws:PrincipalTag/team}' } } },
    context: { 'aws:sourceidentity': 'jane' },
    denied: hereOnly,
  },
  {
    what: 'a variable in a policy of version 2008-10-17',
    because:
      '"variables like ${aws:username} are treated as literal strings in the policy" ("Variables and tags")',
    version: '2008-10-17',
    deny: { Condition: { StringEquals: { 'aws:username': '${aws:username}' } } },
    denied: oracleOnly,
  },
  {
    what: '${*} under an operator without wildcards',
    because:
      '"These predefined policy variables can be used in any string where you can use regular policy variables" ("Variables and tags", on special characters)',
    deny: { Condition: { StringEquals: { 'aws:UserAgent': 'a${*}b' } } },
    context: { 'aws:useragent': 'a*b' },
    denied: hereOnly,
  },
  {
    what: 'a variable before the fifth colon of an ARN in a condition',
    because: '"You can use a policy variable with the ARN condition operator" ("Condition operators")',
    deny: {
      Condition: {
        ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalAccount}:user/team/alice' },
      },
    },
    denied: hereOnly,
  },
  {
    what: 'a negated ARN operator with a value that is no ARN',
    because: 'AWS says "Negated matching for ARN" ("Condition operators"), and such a value never matches',
    deny: { Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'admin' } } },
    denied: hereOnly,
  },
  {
    what: 'the range of all addresses',
    because: '0.0.0.0/0 is "the standard CIDR format" ("Condition operators") for all of them',
    deny: { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } },
    context: { 'aws:sourceip': '203.0.113.9' },
    denied: hereOnly,
  },
  {
    what: 'a single IPv4 address under NotIpAddress, for a caller with IPv6',
    because: '"All IP addresses except the specified IP address or range" ("Condition operators")',
    deny: { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.9' } } },
    context: { 'aws:sourceip': '2001:db8::7' },
    denied: hereOnly,
  },
  {
    what: 'a single IPv6 address that is spelled in another way',
    because: '"The specified IP address or range" ("Condition operators"), and both are the same address',
    deny: { Condition: { IpAddress: { 'aws:SourceIp': '2001:DB8:0::7' } } },
    context: { 'aws:sourceip': '2001:db8::7' },
    denied: hereOnly,
  },
  {
    what: 'seconds since 1970 compared with a date in words',
    because:
      '"one of the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time" ("Condition operators"): the one is the other',
    deny: { Condition: { DateEquals: { 'aws:CurrentTime': '1767225600' } } },
    context: { 'aws:currenttime': now.toISOString() },
    denied: hereOnly,
  },
  {
    what: 'a number with something behind it',
    because: 'AWS says nothing; it is no number, and equals none',
    deny: { Condition: { NumericEquals: { 'aws:MultiFactorAuthAge': '10 minutes' } } },
    context: { 'aws:multifactorauthage': '10' },
    denied: oracleOnly,
  },
  {
    what: 'a variable in a resource',
    because: 'what it stands for goes with the caller, and a Deny that may reach is not read as none',
    deny: { Resource: 'arn:aws:s3:::${aws:username}' },
    denied: hereOnly,
  },
];

describe('where the oracle says otherwise', () => {
  it.each(disagreements.map((row) => [row.what, row] as const))('%s', async (_, row) => {
    const { caller, identity } = row.caller ?? alice;
    const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: resources.s3, ...row.deny };
    const document: unknown = JSON.parse(
      JSON.stringify({ Version: row.version ?? '2012-10-17', Statement: [deny] }),
    );
    const entries = Object.entries({ ...identity, ...row.context });
    const context = new Map(entries.map(([key, value]) => [key, [value]]));
    const request = { caller, action: 's3:PutBucketPolicy', resource: resources.s3, context };
    const { statements, version } = read(document, 's3');
    const here = statements.some((statement) => statementMatches(statement, request, version));
    const oracle = (await decide(document, request)) === 'ExplicitlyDenied';
    expect({ here, oracle }).toEqual(row.denied);
  });
});
