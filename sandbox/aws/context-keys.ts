import type { Clock, Organization } from '../parts.ts';
import { isInOrganization, organizationId } from './organization.ts';
import type { Principal } from './principals.ts';

export type ConditionContext = Record<string, string | string[]>;

/**
 * An address for tests of network performance: no policy means it, so a Deny outside some network hits and an Allow
 * inside one does not.
 */
const sourceIp = '198.18.0.1';

/** The global condition keys that AWS puts into every request; the library fills in none of them. */
export function globalContext(
  principal: Principal,
  resourceAccountId: string,
  region: string,
  { clock, organization }: { readonly clock: Clock; readonly organization: Organization },
): ConditionContext {
  const now = clock.now();
  const isService = principal.type === 'Service';
  const context: ConditionContext = {
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:PrincipalIsAWSService': String(isService),
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': resourceAccountId,
    // The sandbox speaks HTTP to itself; what it stands for is HTTPS.
    'aws:SecureTransport': 'true',
    'aws:ViaAWSService': 'false',
  };
  if (isInOrganization(organization, resourceAccountId)) context['aws:ResourceOrgID'] = organizationId;
  // A service of AWS is no principal of an account, and comes from no address.
  if (isService) return { ...context, 'aws:PrincipalServiceName': principal.arn };

  context['aws:PrincipalAccount'] = principal.accountId;
  context['aws:PrincipalArn'] = principal.principalArn;
  context['aws:PrincipalType'] = principal.type;
  context['aws:SourceIp'] = sourceIp;
  context['aws:userid'] = principal.userId;
  if (isInOrganization(organization, principal.accountId)) context['aws:PrincipalOrgID'] = organizationId;
  if (principal.sourceIdentity !== null) context['aws:SourceIdentity'] = principal.sourceIdentity;
  if (principal.type === 'User') context['aws:username'] = principal.arn.split('/').at(-1) ?? '';
  if (principal.type === 'AssumedRole' || principal.taskPolicy !== null) {
    context['aws:MultiFactorAuthPresent'] = 'false';
  }
  if (principal.taskPolicy !== null) context['aws:AssumedRoot'] = 'true';
  return context;
}

/** What S3 knows of the way a request came, whatever it asks. */
const overTls = {
  's3:authType': 'REST-HEADER',
  's3:signatureversion': 'AWS4-HMAC-SHA256',
  's3:TlsVersion': '1.3',
};

/** The condition keys that a service puts into every request of its own. */
export function serviceContext(action: string): ConditionContext {
  return /^s3:/i.test(action) ? { ...overTls } : {};
}

/** Keys that are rightly absent unless the context holds them. */
const mayBeAbsent = new Set(
  [
    'aws:AssumedRoot',
    'aws:CalledVia',
    'aws:FederatedProvider',
    'aws:MultiFactorAuthAge',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalOrgID',
    'aws:PrincipalServiceName',
    'aws:PrincipalType',
    'aws:ResourceOrgID',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIdentity',
    'aws:SourceIp',
    'aws:SourceOrgID',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:VpcSourceIp',
    'aws:userid',
    'aws:username',
    'events:detail-type',
    'events:source',
    'iam:AssociatedResourceArn',
    's3:delimiter',
    's3:if-none-match',
    's3:max-keys',
    's3:object-lock-legal-hold',
    's3:object-lock-mode',
    's3:object-lock-remaining-retention-days',
    's3:object-lock-retain-until-date',
    's3:prefix',
    's3:VersionId',
    's3:x-amz-acl',
    's3:x-amz-server-side-encryption',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    's3:x-amz-storage-class',
    'ssm:Overwrite',
    'ssm:Policies',
    'ssm:Recursive',
    'sts:ExternalId',
    'sts:SourceIdentity',
  ].map((key) => key.toLowerCase()),
);

/** Nobody and nothing in the sandbox is tagged. */
const absentFamilies = ['aws:principaltag/', 'aws:resourcetag/', 'aws:requesttag/'];

/** Whether the sandbox knows what this key holds in this request, be it nothing. */
export function isModelled(key: string, context: Readonly<ConditionContext>): boolean {
  const wanted = key.toLowerCase();
  return (
    Object.keys(context).some((given) => given.toLowerCase() === wanted) ||
    mayBeAbsent.has(wanted) ||
    absentFamilies.some((family) => wanted.startsWith(family))
  );
}
