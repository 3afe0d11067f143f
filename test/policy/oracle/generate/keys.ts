// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of the policy language look like that.

import { owner } from '../world.ts';

export type Kind = 'text' | 'arn' | 'boolean' | 'number' | 'date' | 'epoch' | 'address' | 'list';

/** A condition key with values that requests have, and values that policies compare them with. */
export interface Key {
  readonly name: string;
  readonly kind: Kind;
  readonly found: readonly string[];
  readonly written: readonly string[];
  /** Only this service's actions have it. */
  readonly only?: 's3';
}

const endpoints = ['vpce-0a1b2c3d', 'vpce-9f8e7d6c'];
const addresses = ['203.0.113.9', '203.0.112.255', '198.51.100.7', '10.1.2.3', '2001:db8::7', '2001:db9::1'];
const ranges = [
  '203.0.113.0/24',
  '203.0.113.77/23',
  '203.0.113.9/32',
  '10.0.0.0/8',
  '198.51.100.0/24',
  '2001:db8::/32',
];
const paths = ['o-1a2b3c/r-1/ou-1/', 'o-1a2b3c/r-1/ou-2/'];

/** Keys that go with who calls. */
export const identityKeys: readonly Key[] = [
  {
    name: 'aws:PrincipalArn',
    kind: 'arn',
    found: [],
    written: [
      `arn:aws:iam::${owner}:role/Admin`,
      `arn:aws:iam::${owner}:role/ops/pipeline`,
      `arn:aws:iam::${owner}:role/pipeline`,
      `arn:aws:iam::${owner}:user/team/alice`,
      `arn:aws:iam::${owner}:role/*`,
      `arn:aws:iam::${owner}:user/*`,
      `arn:aws:iam::${owner}:*`,
      'arn:aws:iam::*:role/?dmin',
      'arn:*:iam::*:*/*/*',
      `arn:aws:iam::${owner}:root`,
      `arn:aws:sts::${owner}:assumed-role/Admin/monday`,
      `arn:aws:iam::${owner}:user/team/\${aws:username, 'nobody'}`,
    ],
  },
  {
    name: 'aws:PrincipalAccount',
    kind: 'text',
    found: [],
    written: [owner, '444455556666', '11112222*', '${aws:ResourceAccount}'],
  },
  { name: 'aws:username', kind: 'text', found: [], written: ['alice', 'ali*', 'Alice', 'dave', 'carol'] },
  {
    name: 'aws:userid',
    kind: 'text',
    found: [],
    written: ['AROAADMIN:*', 'AROAADMIN:monday', 'AIDAALICE', '*:monday', 'AIDA*', owner],
  },
  { name: 'aws:PrincipalType', kind: 'text', found: [], written: ['User', 'AssumedRole', 'Account'] },
];

/** Keys of the way in. */
export const networkKeys: readonly Key[] = [
  { name: 'aws:SourceIp', kind: 'address', found: addresses, written: ranges },
  { name: 'aws:VpcSourceIp', kind: 'address', found: ['10.1.2.3'], written: ranges },
  { name: 'aws:SourceVpce', kind: 'text', found: endpoints, written: [...endpoints, 'vpce-*'] },
  { name: 'aws:SourceVpc', kind: 'text', found: ['vpc-1111aaaa'], written: ['vpc-1111aaaa', 'vpc-2222bbbb'] },
];

/** Keys with the one value that every request of the owner's principals has. */
export const knownKeys: readonly Key[] = [
  {
    name: 'aws:SecureTransport',
    kind: 'boolean',
    found: ['true', 'false'],
    written: ['true', 'false', 'False'],
  },
  {
    name: 'aws:CurrentTime',
    kind: 'date',
    found: ['2026-01-01T00:00:00Z', '2025-06-30T12:00:00Z'],
    written: ['2026-01-01T00:00:00Z', '2025-12-31', '2027-01-01T00:00:00+02:00', '2026-01-01T01:00:00+01:00'],
  },
  { name: 'aws:EpochTime', kind: 'epoch', found: ['1767225600', '1750000000'], written: ['1767225600', '1'] },
  { name: 's3:TlsVersion', kind: 'number', found: ['1.2', '1.3'], written: ['1.2', '1.3', '2'], only: 's3' },
  {
    name: 's3:authType',
    kind: 'text',
    found: ['REST-HEADER', 'POST'],
    written: ['REST-*', 'POST'],
    only: 's3',
  },
  { name: 'aws:ResourceAccount', kind: 'text', found: [owner], written: [owner, '444455556666'] },
  { name: 'aws:RequestedRegion', kind: 'text', found: ['eu-central-1'], written: ['eu-*', 'us-east-1'] },
  {
    name: 'aws:PrincipalIsAWSService',
    kind: 'boolean',
    found: ['true', 'false'],
    written: ['true', 'false'],
  },
];

/** Keys that only services send along. */
export const serviceKeys: readonly Key[] = [
  {
    name: 'aws:SourceArn',
    kind: 'arn',
    found: [`arn:aws:sns:eu-central-1:${owner}:news`, `arn:aws:s3:::logs`],
    written: [`arn:aws:sns:*:${owner}:*`, 'arn:aws:s3:::logs', 'arn:aws:s3:*:*:*'],
  },
  { name: 'aws:SourceAccount', kind: 'text', found: [owner, '444455556666'], written: [owner] },
];

/** Keys that are there or not, by how the caller signed in and what it sends. */
export const freeKeys: readonly Key[] = [
  { name: 'aws:PrincipalTag/team', kind: 'text', found: ['ops', 'dev'], written: ['ops', 'o*', 'Dev'] },
  {
    name: 'aws:PrincipalTag/cost Center',
    kind: 'text',
    found: ['7', 'ops'],
    written: ['7', '${aws:PrincipalTag/team}'],
  },
  {
    name: 'aws:SourceIdentity',
    kind: 'text',
    found: ['jane'],
    written: ['jane', 'j?ne', '${aws:PrincipalTag/team}'],
  },
  { name: 'aws:UserAgent', kind: 'text', found: ['cli/2', 'a*b'], written: ['cli/*', 'a${*}b', 'a*b'] },
  {
    name: 'aws:MultiFactorAuthPresent',
    kind: 'boolean',
    found: ['true', 'false'],
    written: ['true', 'false'],
  },
  {
    name: 'aws:MultiFactorAuthAge',
    kind: 'number',
    found: ['10', '3600', '9'],
    written: ['3600', '9.5', '100'],
  },
  {
    name: 'aws:TokenIssueTime',
    kind: 'date',
    found: ['2025-12-31T23:00:00Z'],
    written: ['2026-01-01', '2025-12-31T23:00:00Z'],
  },
  { name: 'aws:ViaAWSService', kind: 'boolean', found: ['true', 'false'], written: ['true', 'false'] },
  {
    name: 'aws:CalledVia',
    kind: 'list',
    found: ['cloudformation.amazonaws.com', 'athena.amazonaws.com'],
    written: ['cloudformation.amazonaws.com', '*.amazonaws.com', 'Athena.amazonaws.com'],
  },
];

/** Keys that are the same for everybody of the account. */
export const accountKeys: readonly Key[] = [
  { name: 'aws:PrincipalOrgID', kind: 'text', found: ['o-1a2b3c', 'o-9z'], written: ['o-1a2b3c', 'o-*'] },
  { name: 'aws:PrincipalOrgPaths', kind: 'list', found: paths, written: [...paths, 'o-1a2b3c/*'] },
];

export const allKeys: readonly Key[] = [
  ...identityKeys,
  ...networkKeys,
  ...knownKeys,
  ...serviceKeys,
  ...freeKeys,
  ...accountKeys,
];
