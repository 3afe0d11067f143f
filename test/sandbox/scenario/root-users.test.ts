import { finalOrganization, worldOrganization } from '../../../sandbox/scenario/organization.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';

const id = '156041421443';
const parsed = (organization: unknown) => parseScenario({ organization, steps: [] }).organization;
const now = Date.parse('2026-11-20T10:00:00Z');
const world = (organization: unknown) => worldOrganization(parsed(organization), '333333333333', now);

it('fills in what a file does not say of a root user', () => {
  const rootUser = {
    password: {},
    accessKeys: [{ id: 'AKIA1' }],
    mfaDevices: [{ serialNumber: 'GAHT12345678' }],
    signingCertificates: [{ id: 'CERT1' }],
  };
  const longAgo = '2020-01-01T00:00:00Z';
  expect(world({ accounts: [{ id, rootUser }] }).accounts[0]?.rootUser).toEqual({
    password: { createdAt: longAgo },
    accessKeys: [{ id: 'AKIA1', status: 'Active', createdAt: longAgo }],
    mfaDevices: [{ serialNumber: 'GAHT12345678', enabledAt: longAgo }],
    signingCertificates: [{ id: 'CERT1', status: 'Active', uploadedAt: longAgo }],
  });
});

it('shows a root user in the end where one was given, or where there is something now', () => {
  const given = parsed({
    accounts: [{ id }, { id: '888888888888', rootUser: { accessKeys: [{ id: 'AKIA1' }] } }],
  });
  const organization = worldOrganization(given, '333333333333', now);
  const [silent, told] = organization.accounts;
  if (silent === undefined || told?.rootUser === undefined) throw new Error('no accounts');
  const nothing = { accessKeys: [], mfaDevices: [], signingCertificates: [] };
  silent.rootUser = nothing;
  told.rootUser.accessKeys = [];
  expect(finalOrganization(given, organization).accounts.map(({ rootUser }) => rootUser)).toEqual([
    undefined,
    nothing,
  ]);
  silent.rootUser = { ...nothing, password: { createdAt: '2026-11-20T10:00:00Z' } };
  expect(finalOrganization(given, organization).accounts[0]).toHaveProperty('rootUser.password');
});

it('leaves the accounts that were added, and how others were generated, out of the end', () => {
  const given = parsed({ accounts: [{ id }], generate: { accounts: 5, seed: 3 } });
  const organization = worldOrganization(given, '333333333333', now);
  expect(organization.accounts).toHaveLength(1 + 5 + 3);
  const final = finalOrganization(given, organization);
  expect(final.accounts).toHaveLength(6);
  expect(final).not.toHaveProperty('generate');
  expect(parsed(final).accounts).toHaveLength(6);
});

it.each([
  [{ accounts: [{ id, rootUser: { accessKeys: [{ id: 'A' }, { id: 'A' }] } }] }, 'expected each id once'],
  [{ accounts: [{ id, rootUser: { passwords: {} } }] }, 'accounts[0].rootUser'],
  [
    { accounts: [{ id, rootUser: { password: { createdAt: 'today' } } }] },
    'rootUser.password.createdAt: expected a time',
  ],
  [
    { accounts: [{ id, organizationalUnitId: 'ou-root-prod' }] },
    'accounts[0].organizationalUnitId: expected a unit of the organization',
  ],
  [
    { organizationalUnits: [{ id: 'ou-root-prod', name: 'x', parentId: 'ou-root-gone' }] },
    'organizationalUnits[0].parentId',
  ],
  [
    {
      organizationalUnits: [
        { id: 'ou-root-prod', name: 'x', parentId: 'ou-root-test' },
        { id: 'ou-root-test', name: 'x', parentId: 'ou-root-prod' },
      ],
    },
    'expected a unit above it; found ou-root-prod below itself',
  ],
  [
    {
      organizationalUnits: [
        { id: 'ou-root-prod', name: 'x' },
        { id: 'ou-root-prod', name: 'y' },
      ],
    },
    'expected each organizational unit id once',
  ],
  [{ generate: { accounts: 10, withPassword: 2 } }, 'generate.withPassword: expected at most 1'],
  [{ generate: {} }, 'generate.accounts'],
])('%j is a fault of the file', (organization, fault) => {
  expect(() => parsed(organization)).toThrow(fault);
});
