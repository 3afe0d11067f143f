import type { Clock } from '../parts.ts';
import type { KeyRing } from './credentials.ts';
import { AwsError } from './errors.ts';
import type { CredentialScope, HttpRequest } from './http-request.ts';
import type { Principal } from './principals.ts';
import { bodyMatchesItsHash, signatureMatches, signedAt, signsWhatMatters } from './signature.ts';
import type { Wire } from './wire/wire.ts';

/** Says who signed a request, or how AWS refuses it: each wire format has codes of its own for that. */
export async function authenticate(
  request: HttpRequest,
  scope: CredentialScope | undefined,
  { wire, keys, clock }: { readonly wire: Wire; readonly keys: KeyRing; readonly clock: Clock },
): Promise<Principal> {
  const refusals = wire.authenticationErrors;
  if (scope === undefined) throw refusals.unsigned();
  const key = keys.find(scope.accessKeyId);
  if (key === undefined) throw refusals.unknownKey();
  if (request.headers['x-amz-security-token'] !== key.credentials.sessionToken) throw refusals.wrongToken();

  const signed = signedAt(request);
  if (Number.isNaN(signed.getTime()) || !signsWhatMatters(scope)) throw refusals.wrongSignature();
  if (!(await signatureMatches(request, scope, key.credentials))) throw refusals.wrongSignature();
  if (!bodyMatchesItsHash(request)) throw refusals.wrongBody();
  if (Math.abs(clock.now() - signed.getTime()) > refusals.skewSeconds * 1000) {
    throw refusals.skewed(signed, new Date(clock.now()));
  }
  if (clock.now() >= key.credentials.expiresAt) throw refusals.expired();
  return key.principal;
}

/** The codes by which one wire format refuses a signature. */
export interface AuthenticationErrors {
  readonly skewSeconds: number;
  unsigned(): AwsError;
  unknownKey(): AwsError;
  wrongToken(): AwsError;
  wrongSignature(): AwsError;
  wrongBody(): AwsError;
  skewed(signed: Date, now: Date): AwsError;
  expired(): AwsError;
}

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

function skewMessage(signed: Date, now: Date): string {
  const stamp = (date: Date) => date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  return signed < now
    ? `Signature expired: ${stamp(signed)} is now earlier than ${stamp(new Date(now.getTime() - 300_000))} (${stamp(now)} - 5 min.)`
    : `Signature not yet current: ${stamp(signed)} is still later than ${stamp(new Date(now.getTime() + 300_000))} (${stamp(now)} + 5 min.)`;
}

export const queryAuthenticationErrors: AuthenticationErrors = {
  skewSeconds: 300,
  unsigned: () => new AwsError(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'),
  unknownKey: () =>
    new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
  wrongToken: () =>
    new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
  wrongSignature: () => new AwsError(403, 'SignatureDoesNotMatch', mismatch),
  wrongBody: () => new AwsError(403, 'SignatureDoesNotMatch', mismatch),
  skewed: (signed, now) => new AwsError(403, 'SignatureDoesNotMatch', skewMessage(signed, now)),
  expired: () => new AwsError(403, 'ExpiredToken', 'The security token included in the request is expired'),
};

export const jsonAuthenticationErrors: AuthenticationErrors = {
  skewSeconds: 300,
  unsigned: () => new AwsError(400, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  unknownKey: () =>
    new AwsError(
      400,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ),
  wrongToken: () =>
    new AwsError(
      400,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    ),
  wrongSignature: () => new AwsError(400, 'InvalidSignatureException', mismatch),
  wrongBody: () => new AwsError(400, 'InvalidSignatureException', mismatch),
  skewed: (signed, now) => new AwsError(400, 'InvalidSignatureException', skewMessage(signed, now)),
  expired: () =>
    new AwsError(400, 'ExpiredTokenException', 'The security token included in the request is expired'),
};

export const s3AuthenticationErrors: AuthenticationErrors = {
  skewSeconds: 900,
  unsigned: () => new AwsError(403, 'AccessDenied', 'Access Denied'),
  unknownKey: () =>
    new AwsError(
      403,
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
    ),
  wrongToken: () =>
    new AwsError(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.'),
  wrongSignature: () =>
    new AwsError(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ),
  wrongBody: () =>
    new AwsError(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    ),
  skewed: () =>
    new AwsError(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    ),
  expired: () => new AwsError(400, 'ExpiredToken', 'The provided token has expired.'),
};
