import type {
  AccountStanding,
  FeatureStanding,
} from '../../../../lambdas/root-task/adapters/organization.ts';
import type { SessionDenied } from '../../../../lambdas/root-task/adapters/root-sessions.ts';
import { PassingDenialError } from '../../../../lambdas/root-task/steps/lasting.ts';
import { openRootSession } from '../../../../lambdas/root-task/steps/open-root-session.ts';
import { denied, GivenLane, rootSession } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';
import { claimedBy } from '../../given/standing.ts';

const plain =
  'User: arn:aws:sts::222222222222:assumed-role/r/s is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::156041421443:root';
const threeMinutes = 180_000;

/** Claims the request, lets time pass, and opens the session. */
async function open(given: GivenLane, { after = 0 } = {}) {
  const claimed = await claimedBy(givenRequest(), given.lane);
  given.time += after;
  return openRootSession(claimed, given.role, given.lane);
}

async function codeOf(answer: SessionDenied, organization: GivenLane['organization'], after = threeMinutes) {
  const given = new GivenLane();
  given.organization = organization;
  if (answer.hop === 'task-role') given.role = answer;
  else given.session = answer;
  const opened = await open(given, { after });
  return opened.kind === 'failed' ? opened.ending.code : opened.kind;
}

const member = (change: Partial<Extract<AccountStanding, { kind: 'member' }>> = {}): AccountStanding => ({
  kind: 'member',
  state: 'ACTIVE',
  managementAccountId: '111111111111',
  ...change,
});
const enabled = (...features: string[]): FeatureStanding => ({ kind: 'enabled', features });
const all = enabled('RootSessions', 'RootCredentialsManagement');
const unknown = { kind: 'unknown', errorName: 'AccessDeniedException' } as const;

const organizationOf = (account: AccountStanding, features: FeatureStanding): GivenLane['organization'] => ({
  account: async (accountId) => {
    expect(accountId).toBe('156041421443');
    return account;
  },
  features: async () => features,
});

describe('a root session', () => {
  it('is opened once the request is claimed, and said to be', async () => {
    const given = new GivenLane();
    expect(await open(given)).toBe(rootSession);
    expect(given.happened).toEqual(['record approved', 'take turn', 'assume root']);
    expect(JSON.stringify(given.logged)).toContain('ASIAEXAMPLE');
    expect(JSON.stringify(given.logged)).not.toContain('never-to-be-seen');
  });

  it('is not asked for where the task role was denied', async () => {
    const given = new GivenLane();
    given.role = denied(plain, 'task-role');
    await expect(open(given)).rejects.toThrow(PassingDenialError);
    expect(given.happened).not.toContain('assume root');
  });
});

describe('a denial that names its cause', () => {
  it.each<[string, SessionDenied, string]>([
    [
      'root sessions',
      denied('Root sessions feature is not enabled for your AWS Organization.'),
      'root-sessions-not-enabled',
    ],
    [
      'root credentials management',
      denied('Root credentials management feature is not enabled for your AWS Organization.'),
      'root-credentials-management-not-enabled',
    ],
    ['trusted access', denied('Service not enabled for AWS Organizations.'), 'trusted-access-off'],
    [
      'the Region',
      denied('STS is not activated in this region', 'root', 'RegionDisabledException'),
      'region-disabled',
    ],
  ])('is for good at once, without a look-up: %s', async (_, answer, code) => {
    expect(await codeOf(answer, {}, 0)).toBe(code);
  });
});

describe('a plain denial', () => {
  it.each(['root', 'task-role'] as const)(
    'of the %s hop may pass: it is thrown, to be tried again',
    async (hop) => {
      await expect(codeOf(denied(plain, hop), {}, 0)).rejects.toThrow(PassingDenialError);
      await expect(codeOf(denied(plain, hop), {}, 149_999)).rejects.toThrow(PassingDenialError);
    },
  );

  it('whose text is not known is as plain as any', async () => {
    const text = 'Today root sessions feature is not enabled, it seems';
    await expect(codeOf(denied(text), {}, 0)).rejects.toThrow(PassingDenialError);
    expect(await codeOf(denied(text), organizationOf(member(), all), 150_000)).toBe('assume-root-denied');
  });

  it('of the task role is told as such once it has lasted', async () => {
    expect(await codeOf(denied(plain, 'task-role'), {})).toBe('task-role-denied');
  });

  it.each<[string, AccountStanding, FeatureStanding, string]>([
    ['everything in order', member(), all, 'assume-root-denied'],
    ['nothing that could be read', unknown, unknown, 'assume-root-denied'],
    ['trusted access off', unknown, { kind: 'trusted-access-off' }, 'trusted-access-off'],
    [
      'trusted access off, and no member',
      { kind: 'not-a-member' },
      { kind: 'trusted-access-off' },
      'trusted-access-off',
    ],
    ['no delegation', member(), { kind: 'not-delegated-administrator' }, 'not-delegated-administrator'],
    ['no member', { kind: 'not-a-member' }, all, 'not-a-member'],
    ['no member, features unknown', { kind: 'not-a-member' }, unknown, 'not-a-member'],
    ['the management account', member({ managementAccountId: '156041421443' }), all, 'management-account'],
    ['a suspended account', member({ state: 'SUSPENDED' }), all, 'account-not-active'],
    ['a closed account, features unknown', member({ state: 'CLOSED' }), unknown, 'account-not-active'],
    ['an account whose state is not said', member({ state: null }), all, 'assume-root-denied'],
    ['a member, features unknown', member(), unknown, 'assume-root-denied'],
    ['no feature', member(), enabled(), 'root-sessions-not-enabled'],
    ['only the other feature', member(), enabled('RootCredentialsManagement'), 'root-sessions-not-enabled'],
    ['no feature, account unknown', unknown, enabled(), 'root-sessions-not-enabled'],
    ['the feature, account unknown', unknown, enabled('RootSessions'), 'assume-root-denied'],
  ])('that has lasted is looked up; found: %s', async (_, account, features, code) => {
    expect(await codeOf(denied(plain), organizationOf(account, features))).toBe(code);
  });
});
