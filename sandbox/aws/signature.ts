import { createHash, timingSafeEqual } from 'node:crypto';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../parts.ts';
import type { CredentialScope, HttpRequest } from './http-request.ts';

/** Signs the request again with the issued key, over the headers that it names, and compares. */
export async function signatureMatches(
  request: HttpRequest,
  scope: CredentialScope,
  credentials: Credentials,
): Promise<boolean> {
  const isS3 = scope.service === 's3';
  const signer = new SignatureV4({
    credentials,
    region: scope.region,
    service: scope.service,
    sha256: Hash.bind(null, 'sha256'),
    uriEscapePath: !isS3,
    applyChecksum: isS3,
  });
  const [hostname = ''] = (request.headers.host ?? '').split(':');
  const again = await signer.sign(
    {
      method: request.method,
      protocol: 'http:',
      hostname,
      path: request.path,
      query: parseQuery(request.query),
      headers: Object.fromEntries(scope.signedHeaders.map((name) => [name, request.headers[name] ?? ''])),
      body: request.body,
    },
    { signingDate: signedAt(request), signableHeaders: new Set(scope.signedHeaders) },
  );
  const expected = Buffer.from(/Signature=([0-9a-f]{64})/.exec(again.headers.authorization ?? '')?.[1] ?? '');
  const given = Buffer.from(scope.signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** These must be under the signature, or whoever relays a request could exchange them. */
export function signsWhatMatters(scope: CredentialScope): boolean {
  return ['host', 'x-amz-date', 'x-amz-security-token'].every((name) => scope.signedHeaders.includes(name));
}

/** A signature covers the hash that the header states, not the body: only this comparison holds the body to it. */
export function bodyMatchesItsHash(request: HttpRequest): boolean {
  const stated = request.headers['x-amz-content-sha256'];
  if (stated === undefined || !/^[0-9a-f]{64}$/.test(stated)) return true;
  return stated === createHash('sha256').update(request.body).digest('hex');
}

export function signedAt(request: HttpRequest): Date {
  const stated = request.headers['x-amz-date'] ?? '';
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stated) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function parseQuery(query: string): Record<string, string[]> {
  const bag: Record<string, string[]> = {};
  for (const pair of query.split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair
      .split('=', 2)
      .map((part) => decodeURIComponent(part.replaceAll('+', '%20')));
    bag[name] = [...(bag[name] ?? []), value];
  }
  return bag;
}
