/**
 * What is known of a condition key in a request that administers a bucket or queue, before anything is known of who
 * sends it. Source: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon S3" and "for Amazon SQS".
 */
export type KeyKind =
  /** The caller is an IAM principal of the owner's account, over TLS, signed today: it has this value. */
  | { readonly kind: 'known'; readonly values: readonly string[] }
  /** Such a request never has it. */
  | { readonly kind: 'absent' }
  /** It goes with who calls. */
  | { readonly kind: 'identity' }
  /** It goes with the way in: through the internet, or through a VPC endpoint. */
  | { readonly kind: 'network' }
  /** It is the same for every caller of the account, and the policy does not show it. */
  | { readonly kind: 'of-account' }
  /** It is there or not, by how the caller signed in and what it sends. */
  | { readonly kind: 'free' };

const identityKeys = new Set([
  'aws:principalarn',
  'aws:userid',
  'aws:username',
  'aws:principaltype',
  'aws:tokenissuetime',
]);
/** What tells one way in from another. */
export const networkKeys = ['aws:sourceip', 'aws:sourcevpce', 'aws:sourcevpc', 'aws:vpcsourceip'] as const;
const isOfNetwork: ReadonlySet<string> = new Set(networkKeys);

/** What services send along when they act; a principal's own call never has it. */
const ofServicesOnly = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:tagkeys',
]);

const ofAccount = /^(?:aws:(?:principal|resource)org(?:id|paths)|aws:resourcetag\/.*|s3:buckettag\/.*)$/;

export interface Surroundings {
  readonly accountId: string;
  /** Null where it is not known: a bucket's ARN does not say it. */
  readonly region: string | null;
  readonly now: Date;
  readonly organizationId?: string | undefined;
}

export function kindOfKey(key: string, { accountId, now, organizationId, region }: Surroundings): KeyKind {
  const known = (...values: string[]): KeyKind => ({ kind: 'known', values });
  if (identityKeys.has(key)) return { kind: 'identity' };
  if (isOfNetwork.has(key)) return { kind: 'network' };
  if (ofServicesOnly.has(key) || key.startsWith('aws:requesttag/')) return { kind: 'absent' };
  const isOfOrganization = key === 'aws:principalorgid' || key === 'aws:resourceorgid';
  if (isOfOrganization && organizationId !== undefined) return known(organizationId);
  if (ofAccount.test(key)) return { kind: 'of-account' };
  switch (key) {
    case 'aws:securetransport':
      return known('true');
    case 'aws:principalaccount':
    case 'aws:resourceaccount':
    case 's3:resourceaccount':
      return known(accountId);
    case 'aws:principalisawsservice':
      return known('false');
    case 'aws:currenttime':
      return known(now.toISOString());
    case 'aws:epochtime':
      return known(String(Math.floor(now.getTime() / 1000)));
    case 'aws:requestedregion':
      return region === null ? { kind: 'of-account' } : known(region);
    // The caller has these in hand: any SDK of today sends them so.
    case 's3:tlsversion':
    case 'aws:tlsversion':
      return known('1.3');
    case 's3:signatureversion':
      return known('AWS4-HMAC-SHA256');
    case 's3:signatureage':
      return known('0');
    // A presigned URL and an unsigned payload are the caller's to choose.
    case 's3:authtype':
    case 's3:x-amz-content-sha256':
      return { kind: 'free' };
    default:
      // The other keys of S3 belong to objects, listings and access points; SQS has none.
      return key.startsWith('s3:') || key.startsWith('sqs:') ? { kind: 'absent' } : { kind: 'free' };
  }
}
