import {
  type Generate,
  generatedAccounts,
  generatedIds,
} from '../../../sandbox/scenario/generate-accounts.ts';

const now = Date.parse('2026-11-20T10:00:00Z');
const generate: Generate = {
  accounts: 1000,
  seed: 7,
  withPassword: 0.1,
  withAccessKeys: 0.05,
  withMfa: 0.08,
  withSigningCertificates: 0.02,
  suspended: 0.02,
  deniedByScp: 0.03,
};
const made = (more: Partial<Generate> = {}, taken: readonly string[] = []) =>
  generatedAccounts({ ...generate, ...more }, new Set(taken), now);

it('makes the same organization from the same seed, and another from another', () => {
  expect(made()).toEqual(made());
  expect(made({ seed: 8 })[0]?.id).not.toBe(made()[0]?.id);
});

it('gives every account an id of its own, 12 digits, that nobody has written', () => {
  const ids = made().map(({ id }) => id);
  expect(new Set(ids).size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^\d{12}$/);
  const taken = ids.slice(0, 300);
  const others = new Set(made({}, taken).map(({ id }) => id));
  expect(others.size).toBe(1000);
  expect(taken.filter((id) => others.has(id))).toEqual([]);
  expect(generatedIds(generate, new Set())).toEqual(ids);
});

it.each<[keyof Generate, (account: ReturnType<typeof made>[number]) => unknown]>([
  ['withPassword', ({ rootUser }) => rootUser?.password],
  ['withAccessKeys', ({ rootUser }) => rootUser?.accessKeys.length],
  ['withMfa', ({ rootUser }) => rootUser?.mfaDevices.length],
  ['withSigningCertificates', ({ rootUser }) => rootUser?.signingCertificates.length],
  ['suspended', ({ state }) => state === 'SUSPENDED'],
  ['deniedByScp', ({ serviceControlPolicies }) => serviceControlPolicies.length],
])('keeps to the share %s', (share, has) => {
  const found = made().filter((account) => Boolean(has(account))).length / 1000;
  expect(found).toBeGreaterThan(generate[share] * 0.6);
  expect(found).toBeLessThan(generate[share] * 1.5);
});

it('makes none of what has no share, and all of what has the whole', () => {
  const none = { withPassword: 0, withAccessKeys: 0, withMfa: 0, withSigningCertificates: 0, suspended: 0 };
  expect(made(none).some(({ rootUser, state }) => rootUser !== undefined || state !== 'ACTIVE')).toBe(false);
  expect(made({ withPassword: 1 }).every(({ rootUser }) => rootUser?.password !== undefined)).toBe(true);
});

it('another share changes nothing else', () => {
  const keysOf = (accounts: ReturnType<typeof made>) =>
    accounts.flatMap(({ id, rootUser }) => ((rootUser?.accessKeys.length ?? 0) > 0 ? [id] : []));
  expect(keysOf(made({ withPassword: 0.9, suspended: 0.5 }))).toEqual(keysOf(made()));
});

it('everything has happened before the story, over years', () => {
  const times = made({ withPassword: 1, withAccessKeys: 1 }).flatMap(({ rootUser }) => [
    rootUser?.password?.createdAt,
    rootUser?.password?.lastUsedAt,
    ...(rootUser?.accessKeys ?? []).flatMap(({ createdAt, lastUsedAt }) => [createdAt, lastUsedAt]),
  ]);
  const told = times.flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  expect(told.every((time) => time < now)).toBe(true);
  expect(now - Math.min(...told)).toBeGreaterThan(5 * 365 * 24 * 60 * 60 * 1000);
  for (const { rootUser } of made({ withAccessKeys: 1 })) {
    for (const { createdAt, lastUsedAt = createdAt } of rootUser?.accessKeys ?? []) {
      expect(lastUsedAt >= createdAt).toBe(true);
    }
  }
});
