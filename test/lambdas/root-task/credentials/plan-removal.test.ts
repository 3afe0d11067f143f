import { canonicalJson, sha256 } from '../../../../contract/canonical-json.ts';
import {
  credentialKinds,
  type LastUse,
  type RootCredentials,
} from '../../../../contract/root-credentials.ts';
import { planRemoval, type RemovalScope } from '../../../../lambdas/root-task/credentials/plan-removal.ts';
import {
  absent,
  all,
  certificate,
  createdAt,
  denied,
  device,
  everyCredential,
  key,
  noCredentials,
  password,
  used,
} from '../../given/credentials.ts';
import { now } from '../../given/request.ts';

const wholly: RemovalScope = { kinds: undefined, keepIfUsedWithinDays: undefined, atMost: null };
const planned = (found: Partial<RootCredentials>, scope: Partial<RemovalScope> = {}) =>
  planRemoval({ ...everyCredential, ...found }, { ...wholly, ...scope }, now);
/** What goes, and what is kept for which reason. */
const outcome = (...args: Parameters<typeof planned>) => {
  const { keep, remove } = planned(...args);
  return { remove, keep: keep.map(({ kind, why }) => `${kind} ${why}`) };
};
const without = (...kinds: readonly string[]) => all.filter(({ kind }) => !kinds.includes(kind));
const day = 86_400_000;
const ago = (milliseconds: number) => used(new Date(now.getTime() - milliseconds).toISOString());

describe('what goes of a root user', () => {
  it('is everything that is there, keys first and MFA last: the account is never weaker than it was', () => {
    expect(outcome({})).toEqual({ remove: all, keep: [] });
  });

  it('is nothing where nothing is there', () => {
    expect(planned(noCredentials)).toMatchObject({ remove: [], keep: [] });
  });

  it('is nothing of what could not be read', () => {
    expect(outcome({ accessKeys: denied, signingCertificates: denied })).toEqual({
      remove: [password, device],
      keep: [],
    });
  });

  it('is covered by a hash', () => {
    const { keep, remove, sha256: hash } = planned({}, { kinds: ['password'] });
    expect(hash).toBe(sha256(canonicalJson({ remove, keep })));
  });
});

describe('an approval that names kinds', () => {
  it.each(credentialKinds)('lets none but %s go', (kind) => {
    const stays = kind === 'mfaDevices' ? ['mfaDevices password-stays'] : [];
    const kept = without(kind).map((one) => `${one.kind} not-asked-for`);
    expect(outcome({}, { kinds: [kind] })).toEqual({
      remove: kind === 'mfaDevices' ? [] : all.filter((one) => one.kind === kind),
      keep: [...kept, ...stays],
    });
  });

  it.each(credentialKinds)('lets all but %s go, and no device while the password stays', (kind) => {
    const kinds = credentialKinds.filter((one) => one !== kind);
    expect(outcome({}, { kinds })).toEqual(
      kind === 'password'
        ? { remove: [key, certificate], keep: ['password not-asked-for', 'mfaDevices password-stays'] }
        : { remove: without(kind), keep: [`${kind} not-asked-for`] },
    );
  });

  it('is told to whoever reads what was kept', () => {
    expect(planned({}, { kinds: ['password', 'accessKeys'] }).keep[0]?.detail).toContain(
      'password, accessKeys',
    );
  });
});

describe('MFA devices', () => {
  it('go by themselves where there is no password', () => {
    expect(outcome({ password: absent }, { kinds: ['mfaDevices'] }).remove).toEqual([device]);
  });

  it('stay while nobody knows whether there is a password', () => {
    expect(outcome({ password: denied })).toEqual({
      remove: [key, certificate],
      keep: ['mfaDevices password-stays'],
    });
    expect(planned({ password: denied }).keep[0]?.detail).toContain(denied.reason);
  });

  it('stay while the password is kept because it is in use', () => {
    const inUse = { state: 'present', createdAt, lastUsed: ago(day) } as const;
    expect(outcome({ password: inUse }, { keepIfUsedWithinDays: 30 })).toMatchObject({
      remove: [key],
      keep: ['signingCertificates use-unknown', 'password used-recently', 'mfaDevices password-stays'],
    });
  });

  it('stay while the password is kept because the audit did not see it', () => {
    expect(outcome({}, { atMost: [key, device] })).toEqual({
      remove: [key],
      keep: ['signingCertificates not-audited', 'password not-audited', 'mfaDevices password-stays'],
    });
  });

  it('go with the password, whatever their own use, of which AWS says nothing', () => {
    expect(outcome({}, { keepIfUsedWithinDays: 30 }).remove).toContainEqual(device);
  });
});

const withUse = (lastUsed: LastUse): Partial<RootCredentials> => ({
  password: { state: 'present', createdAt, lastUsed },
  accessKeys: {
    state: 'present',
    items: [{ id: 'AKIA1', status: 'Active', createdAt, lastUsed }],
  },
});

describe('what was used within so many days', () => {
  it.each<[string, LastUse, string | null]>([
    ['was never used', absent, null],
    ['was used long ago', ago(400 * day), null],
    ['was used a millisecond too long ago', ago(30 * day + 1), null],
    ['was used just within them', ago(30 * day), 'used-recently'],
    ['was used just now', ago(0), 'used-recently'],
    ['was used by a clock that runs ahead', ago(-day), 'used-recently'],
    ['has a use that nobody knows', denied, 'use-unknown'],
  ])('is kept, and the rest goes: it %s', (_, lastUsed, why) => {
    const { keep, remove } = outcome(withUse(lastUsed), { keepIfUsedWithinDays: 30 });
    expect(remove.map(({ kind }) => kind)).toEqual(
      why === null ? ['accessKeys', 'password', 'mfaDevices'] : [],
    );
    expect(keep).toEqual(
      why === null
        ? ['signingCertificates use-unknown']
        : [
            `accessKeys ${why}`,
            'signingCertificates use-unknown',
            `password ${why}`,
            'mfaDevices password-stays',
          ],
    );
  });

  it('goes all the same where the approval does not ask', () => {
    expect(outcome(withUse(ago(0)))).toEqual({ remove: all, keep: [] });
    expect(outcome(withUse(denied))).toEqual({ remove: all, keep: [] });
  });

  it('is told with when and by what', () => {
    const [kept] = planned(withUse(ago(day)), { keepIfUsedWithinDays: 30 }).keep;
    expect(kept?.detail).toMatch(/^last used on 2026-11-19T10:00:00\.000Z by s3 in eu-west-1: /);
  });

  it('is asked of each key by itself', () => {
    const item = (id: string, lastUsed: LastUse) => ({ id, status: 'Active', createdAt, lastUsed });
    const items = [item('OLD', absent), item('NEW', ago(day))];
    const { keep, remove } = planned(
      { accessKeys: { state: 'present', items } },
      { keepIfUsedWithinDays: 30, kinds: ['accessKeys'] },
    );
    expect(remove).toEqual([{ kind: 'accessKeys', id: 'OLD' }]);
    expect(keep[0]).toMatchObject({ kind: 'accessKeys', id: 'NEW', why: 'used-recently' });
  });
});

describe('what no audit saw', () => {
  it('does not go: an audit that saw nothing lets nothing go', () => {
    expect(outcome({}, { atMost: [] })).toMatchObject({ remove: [] });
  });

  it('is told from what it saw by its own id', () => {
    const other = { kind: 'accessKeys', id: 'AKIA2' } as const;
    expect(outcome({}, { atMost: [other, certificate, password, device] })).toEqual({
      remove: [certificate, password, device],
      keep: ['accessKeys not-audited'],
    });
  });

  it('is a password of another date, too', () => {
    const since = { ...password, id: '2026-01-01T00:00:00.000Z' };
    expect(outcome({}, { atMost: [key, certificate, since, device] }).remove).toEqual([key, certificate]);
  });

  it('is a device made since under the same serial number, too', () => {
    const before = { ...device, madeAt: '2019-01-01T00:00:00.000Z' };
    expect(outcome({}, { atMost: [key, certificate, password, before] })).toEqual({
      remove: [key, certificate, password],
      keep: ['mfaDevices not-audited'],
    });
  });

  it('is no reason to let go what the approval does not name', () => {
    expect(outcome({}, { atMost: all, kinds: ['password'] }).remove).toEqual([password]);
  });
});
