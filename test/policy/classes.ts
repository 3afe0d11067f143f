import type { Verdict } from '../../policy/diagnosis.ts';

/** A class of policies as they are seen in the wild, with the one statement that makes it. */
export interface Class {
  readonly name: string;
  readonly verdict: Exclude<Verdict, 'malformed'>;
  /** Members of the statement that are not as in `whole`; a list for several statements. */
  readonly statements: readonly Readonly<Record<string, unknown>>[];
}

export const account = '156041421443';
export const bucket = 'project-prod-1';
const arn = `arn:aws:s3:::${bucket}`;
const iam = (path: string) => `arn:aws:iam::${account}:${path}`;
const session = (path: string) => `arn:aws:sts::${account}:assumed-role/${path}`;

const whole = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, `${arn}/*`] };
const notPrincipal = (...names: string[]) => ({ Principal: undefined, NotPrincipal: { AWS: names } });

/** Every class of lock-out that is known by name: `docs/diagnosis.md` has the sentence that is said of each. */
export const classes: readonly Class[] = [
  { name: 'everybody, without exception', verdict: 'locks-everyone', statements: [{}] },
  {
    name: 'the account itself',
    verdict: 'locks-everyone',
    statements: [{ Principal: { AWS: account } }],
  },
  {
    name: 'all but one role, by aws:PrincipalArn',
    verdict: 'locks-some',
    statements: [{ Condition: { ArnNotEquals: { 'aws:PrincipalArn': iam('role/pipeline') } } }],
  },
  {
    name: 'all but a pattern of roles',
    verdict: 'locks-some',
    statements: [{ Condition: { ArnNotLike: { 'aws:PrincipalArn': iam('role/admin-*') } } }],
  },
  {
    name: 'a pattern where none is taken',
    verdict: 'locks-everyone',
    statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalArn': iam('role/admin-*') } } }],
  },
  {
    name: 'all but one role, by its unique id',
    verdict: 'locks-some',
    statements: [{ Condition: { StringNotLike: { 'aws:userId': 'AROAEXAMPLEID1234567:*' } } }],
  },
  {
    name: 'all but the root user',
    verdict: 'locks-everyone',
    statements: [{ Condition: { StringNotLike: { 'aws:userId': account } } }],
  },
  {
    name: 'NotPrincipal with the account',
    verdict: 'locks-everyone',
    statements: [notPrincipal(iam('root'))],
  },
  {
    name: 'NotPrincipal with a role',
    verdict: 'locks-everyone',
    statements: [notPrincipal(iam('root'), iam('role/pipeline'))],
  },
  {
    name: 'NotPrincipal with a role and a session of it',
    verdict: 'locks-some',
    statements: [notPrincipal(iam('root'), iam('role/pipeline'), session('pipeline/deploy'))],
  },
  {
    name: 'NotPrincipal with a user',
    verdict: 'locks-some',
    statements: [notPrincipal(iam('user/jane'))],
  },
  {
    name: 'callers from outside a VPC endpoint',
    verdict: 'depends',
    statements: [{ Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0aaaabbbbccccdddd' } } }],
  },
  {
    name: 'callers from outside a VPC',
    verdict: 'depends',
    statements: [{ Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-0aaaabbbbccccdddd' } } }],
  },
  {
    name: 'callers from outside an address range',
    verdict: 'depends',
    statements: [{ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
  },
  {
    name: 'callers from outside an endpoint, and callers from outside an address range',
    verdict: 'locks-everyone',
    statements: [
      { Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0aaaabbbbccccdddd' } } },
      { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
    ],
  },
  {
    name: 'callers from an address range',
    verdict: 'locks-some',
    statements: [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }],
  },
  {
    name: 'outside an endpoint, but for two roles',
    verdict: 'locks-some',
    statements: [
      {
        Condition: {
          StringNotEquals: { 'aws:SourceVpce': 'vpce-0aaaabbbbccccdddd' },
          ArnNotLike: { 'aws:PrincipalArn': [iam('role/operator'), iam('role/breakglass')] },
        },
      },
    ],
  },
  {
    name: 'a key that only services send along',
    verdict: 'locks-everyone',
    statements: [{ Condition: { ArnNotEquals: { 'aws:SourceArn': iam('user/jane') } } }],
  },
  {
    name: 'callers without MFA',
    verdict: 'depends',
    statements: [{ Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } }],
  },
  {
    name: 'principals without a tag',
    verdict: 'depends',
    statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'platform' } } }],
  },
  {
    name: 'another organization',
    verdict: 'depends',
    statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg1' } } }],
  },
  {
    name: 'another account',
    verdict: 'no-lockout',
    statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalAccount': account } } }],
  },
  {
    name: 'the wrong account',
    verdict: 'locks-everyone',
    statements: [{ Condition: { StringNotEquals: { 'aws:PrincipalAccount': '210987654321' } } }],
  },
  {
    name: 'one action only',
    verdict: 'locks-everyone',
    statements: [{ Action: ['s3:PutBucketAcl', 's3:PutBucketPolicy'], Resource: arn }],
  },
  {
    name: 'all actions but some',
    verdict: 'locks-everyone',
    statements: [{ Action: undefined, NotAction: 's3:GetObject' }],
  },
  {
    name: 'one user',
    verdict: 'locks-some',
    statements: [{ Principal: { AWS: iam('user/jane') } }],
  },
  {
    name: 'all roles, or all users',
    verdict: 'locks-some',
    statements: [{ Condition: { StringEquals: { 'aws:PrincipalType': 'AssumedRole' } } }],
  },
  {
    name: 'two exceptions that nobody is both of',
    verdict: 'locks-everyone',
    statements: [
      { Condition: { ArnNotLike: { 'aws:PrincipalArn': iam('role/admin-*') } } },
      { Condition: { ArnNotLike: { 'aws:PrincipalArn': iam('role/deploy-*') } } },
    ],
  },
  {
    name: 'after a date',
    verdict: 'locks-everyone',
    statements: [{ Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } }],
  },
  {
    name: 'before a date',
    verdict: 'no-lockout',
    statements: [{ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } } }],
  },
  {
    name: 'calls without TLS',
    verdict: 'no-lockout',
    statements: [{ Condition: { Bool: { 'aws:SecureTransport': false } } }],
  },
  { name: 'objects only', verdict: 'no-lockout', statements: [{ Resource: `${arn}/*` }] },
  { name: 'data only', verdict: 'no-lockout', statements: [{ Action: 's3:*Object' }] },
  {
    name: 'a principal that was deleted',
    verdict: 'no-lockout',
    statements: [{ Principal: { AWS: 'AROAEXAMPLEID1234567' } }],
  },
  {
    name: 'somebody of another account',
    verdict: 'no-lockout',
    statements: [{ Principal: { AWS: '210987654321' } }],
  },
];

/** The policy of a class. */
export function policyOf({ statements }: Class): string {
  const Statement = statements.map((members) => ({ ...whole, ...members }));
  return JSON.stringify({ Version: '2012-10-17', Statement });
}
