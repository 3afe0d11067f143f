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
  find(accessKeyId: string): IssuedKey | undefined;
  all(): readonly IssuedKey[];
}

export function createKeyRing(clock: Clock): KeyRing {
  const issued = new Map<string, IssuedKey>();
  return {
    issue(principal, seconds) {
      const credentials = {
        accessKeyId: `ASIA${base32(16)}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        sessionToken: randomBytes(180).toString('base64'),
        // AWS tells expirations in whole seconds.
        expiresAt: Math.floor(clock.now() / 1000 + seconds) * 1000,
      };
      issued.set(credentials.accessKeyId, { credentials, principal });
      return credentials;
    },
    find: (accessKeyId) => issued.get(accessKeyId),
    all: () => [...issued.values()],
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(length: number): string {
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
