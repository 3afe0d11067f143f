import { planClosing } from '../../../../lambdas/root-task/credentials/plan-closing.ts';
import { createdAt, device, everyCredential, noCredentials } from '../../given/credentials.ts';
import { virtualDevice } from '../../given/root-user.ts';

const opened = { openedAt: '2026-11-20T10:00:00.400Z' };
const later = { requestId: 'jira/sec-2/later', openedAt: '2026-11-20T12:00:00.400Z' };
const absent = { state: 'absent' } as const;

const keys = (...times: string[]) => ({
  state: 'present' as const,
  items: times.map((at) => ({ id: at, status: 'Active', createdAt: at, lastUsed: absent })),
});
const passwordOf = (at: string | null) => ({ state: 'present' as const, createdAt: at, lastUsed: absent });
const [atOpening, between, atLater, after] = [
  '2026-11-20T10:00:00.000Z',
  '2026-11-20T11:59:59.000Z',
  '2026-11-20T12:00:00.000Z',
  '2026-11-20T13:00:00.000Z',
];
const ids = (credentials: readonly { readonly id: string | null }[]) => credentials.map(({ id }) => id);

describe('what a closing takes away', () => {
  it('is what was made since the opening, by whole seconds; what was there before stays', () => {
    const found = { ...everyCredential, accessKeys: keys(createdAt, atOpening, after) };
    const { keep, remove } = planClosing({ ...found, password: passwordOf(atOpening) }, opened, null);
    expect(ids(remove)).toEqual([atOpening, after, atOpening]);
    expect(ids(keep)).toEqual([createdAt, 'CERT1', virtualDevice]);
  });

  it('is a password whatever its date: there was none as it was opened', () => {
    for (const at of [createdAt, null])
      expect(planClosing({ ...noCredentials, password: passwordOf(at) }, opened, null).remove).toHaveLength(
        1,
      );
  });

  it('is a device by its own date, though its serial number was there before', () => {
    const mfaDevices = { state: 'present' as const, items: [{ id: virtualDevice, createdAt: after }] };
    expect(planClosing({ ...noCredentials, mfaDevices }, opened, null).remove).toEqual([
      { ...device, madeAt: after },
    ]);
  });
});

describe('what a later opening of the same root user allows', () => {
  it('stays, by whole seconds, and is named; what was made before that goes', () => {
    const found = { ...noCredentials, accessKeys: keys(between, atLater, after) };
    const { keep, remove } = planClosing({ ...found, password: passwordOf(atLater) }, opened, later);
    expect(ids(remove)).toEqual([between]);
    expect(ids(keep)).toEqual([atLater, after, atLater]);
    for (const { detail } of keep) expect(detail).toContain(`under the later opening ${later.requestId}`);
  });

  it('is not the password that the older one had made', () => {
    const { keep, remove } = planClosing({ ...noCredentials, password: passwordOf(between) }, opened, later);
    expect([ids(remove), keep]).toEqual([[between], []]);
  });
});
