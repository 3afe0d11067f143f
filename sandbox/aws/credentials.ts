import { randomBytes } from 'node:crypto';
import type { Clock, Credentials } from '../parts.ts';
import type { Principal } from './principals.ts';

export interface IssuedKey {
  readonly credentials: Credentials;
  readonly principal: Principal;
}

/** Every temporary key that was issued, and who stands behind it. */
export interface KeyRing {
  issue(principal: Principal, seconds: number): Credentials;
  /** Takes over a key that another world issued: it lasts for so many seconds from now. */
  adopt(principal: Principal, credentials: Credentials, seconds: number): Credentials;
  find(accessKeyId: string): IssuedKey | undefined;
  all(): readonly IssuedKey[];
}

/** `added` is called with each key's id. */
export function createKeyRing(clock: Clock, added: (accessKeyId: string) => void = () => {}): KeyRing {
  const issued = new Map<string, IssuedKey>();
  // AWS states expirations in whole seconds.
  const expiresAfter = (seconds: number) => Math.floor(clock.now() / 1000 + seconds) * 1000;

  function add(principal: Principal, credentials: Credentials): Credentials {
    issued.set(credentials.accessKeyId, { credentials, principal });
    added(credentials.accessKeyId);
    return credentials;
  }

  return {
    issue(principal, seconds) {
      return add(principal, {
        accessKeyId: `ASIA${base32(16)}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(180).toString('base64'),
        expiresAt: expiresAfter(seconds),
      });
    },
    adopt: (principal, credentials, seconds) =>
      add(principal, { ...credentials, expiresAt: expiresAfter(seconds) }),
    find: (accessKeyId) => issued.get(accessKeyId),
    all: () => [...issued.values()],
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
