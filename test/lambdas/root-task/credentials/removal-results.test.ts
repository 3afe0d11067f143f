import type { RootCredentials } from '../../../../contract/root-credentials.ts';
import type { Kept } from '../../../../contract/trail-states.ts';
import { type Removal, removalResults } from '../../../../lambdas/root-task/credentials/removal-results.ts';
import { removalPlanOf } from '../../../../lambdas/root-task/credentials/state.ts';
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
} from '../../given/credentials.ts';

const removal = (live: Partial<RootCredentials>, changes: Partial<Removal> = {}): Removal => ({
  found: everyCredential,
  plan: removalPlanOf([...all], []),
  live: { ...noCredentials, ...live },
  remarks: [],
  ...changes,
});
const fates = (...args: Parameters<typeof removal>) =>
  removalResults(removal(...args)).map(({ kind, result }) => `${kind} ${result}`);
const gone = all.map(({ kind }) => `${kind} gone`);

describe('what became of each credential', () => {
  it('is gone, where it is read back as gone', () => {
    expect(fates({})).toEqual(gone);
  });

  it.each(all.map(({ kind }) => kind))('is one answer for each: %s is still there', (kind) => {
    expect(fates({ [kind]: everyCredential[kind] })).toEqual(
      gone.map((fate) => (fate === `${kind} gone` ? `${kind} still-there` : fate)),
    );
  });

  it.each(all.map(({ kind }) => kind))('is unknown, never gone, where %s cannot be read back', (kind) => {
    expect(fates({ [kind]: denied })).toEqual(
      gone.map((fate) => (fate === `${kind} gone` ? `${kind} unknown` : fate)),
    );
  });

  it('says what AWS said, where it said anything', () => {
    const remarks = [{ credential: certificate, text: 'iam:DeleteSigningCertificate: no' }];
    const { signingCertificates } = everyCredential;
    const results = removalResults(removal({ signingCertificates, accessKeys: denied }, { remarks }));
    expect(results.map(({ detail }) => detail)).toEqual([
      denied.reason,
      'iam:DeleteSigningCertificate: no',
      '',
      '',
    ]);
    const silent = removalResults(removal({ signingCertificates }));
    expect(silent[1]?.detail).toContain('still shown');
  });

  it('is kept, for the reason that the plan has', () => {
    const keep: Kept = { ...password, why: 'used-recently', detail: 'last used just now' };
    const plan = removalPlanOf([key], [keep]);
    expect(removalResults(removal({ password: everyCredential.password }, { plan }))).toEqual([
      { ...key, result: 'gone', detail: '' },
      { ...password, result: 'kept', detail: 'last used just now' },
    ]);
  });

  it('is told of what appeared since, which is nobody\u2019s to remove', () => {
    const items = [{ id: 'AKIA9', status: 'Active', createdAt, lastUsed: absent }];
    const results = removalResults(removal({ accessKeys: { state: 'present', items } }));
    expect(results.at(-1)).toEqual({
      kind: 'accessKeys',
      id: 'AKIA9',
      result: 'appeared',
      detail: expect.stringContaining('made after'),
    });
    expect(results).toHaveLength(all.length + 1);
  });

  it('tells a new password of another date from the one that went', () => {
    const since = { state: 'present', createdAt: '2026-11-20T10:00:01.000Z', lastUsed: absent } as const;
    const results = removalResults(removal({ password: since }));
    expect(results).toContainEqual({ ...password, result: 'gone', detail: '' });
    expect(results.at(-1)).toMatchObject({ kind: 'password', id: since.createdAt, result: 'appeared' });
  });

  it('does not call new what could not be read before', () => {
    const { mfaDevices } = everyCredential;
    const found = { ...everyCredential, mfaDevices: denied };
    const plan = removalPlanOf([key], []);
    expect(removalResults(removal({ mfaDevices }, { found, plan })).at(-1)).toEqual({
      ...device,
      result: 'appeared',
      detail: expect.stringContaining('could not be read when'),
    });
  });
});
