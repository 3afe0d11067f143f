import type { ScenarioInput } from '../../sandbox/scenario/schema.ts';
import {
  account,
  approval,
  bucketName,
  callsOf,
  endings,
  expectToldOnce,
  lockOut,
  policyAtTheEnd,
  send,
  story,
  withBucket,
} from './given.ts';
import { runStory } from './run-story.ts';

/** What AWS says no to for good, and the ending that tells it apart. */
interface Case {
  readonly name: string;
  readonly code: string;
  /** What the person on call must be able to read. */
  readonly says: RegExp;
  readonly organization: NonNullable<ScenarioInput['organization']>;
  readonly detail?: Record<string, unknown>;
  readonly settings?: ScenarioInput['settings'];
  readonly sessions?: number;
}

const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } };
const denyRoot = (action: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'DenyRoot',
      Effect: 'Deny',
      Action: action,
      Resource: '*',
      Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } },
    },
  ],
});
const others = (organization: Case['organization'], more: object): Case['organization'] => ({
  ...organization,
  accounts: [...(organization.accounts ?? []), more as never],
});
const elsewhere = approval({ target: { accountId: '444444444444', bucketName } });

const cases: readonly Case[] = [
  {
    name: 'root sessions are not enabled',
    code: 'root-sessions-not-enabled',
    says: /enable-organizations-root-sessions/,
    organization: withBucket(lockOut(), { features: ['RootCredentialsManagement'] }),
  },
  {
    name: 'trusted access is off',
    code: 'trusted-access-off',
    says: /enable-aws-service-access/,
    organization: withBucket(lockOut(), { trustedAccess: false }),
  },
  {
    name: 'the target is no member',
    code: 'not-a-member',
    says: /not a member/,
    organization: withBucket(lockOut()),
    detail: elsewhere,
  },
  {
    name: 'the target is the management account, which the settings name wrongly',
    code: 'management-account',
    says: /management account/,
    organization: withBucket(lockOut(), { managementAccountId: '555555555555' }),
    detail: approval({ target: { accountId: '555555555555', bucketName } }),
  },
  {
    name: 'the account is suspended',
    code: 'account-not-active',
    says: /SUSPENDED/,
    organization: withBucket(lockOut(), {}, { state: 'SUSPENDED' }),
  },
  {
    name: 'an SCP of the account denies root everything',
    code: 'denied-by-scp',
    says: /service control policy/i,
    organization: withBucket(lockOut(), {}, { serviceControlPolicies: [allow, denyRoot('*')] }),
    sessions: 1,
  },
  {
    name: 'an SCP denies the deletion only: what was about to be done is recorded, and it did not happen',
    code: 'denied-by-scp',
    says: /s3:DeleteBucketPolicy/,
    organization: withBucket(
      lockOut(),
      {},
      { serviceControlPolicies: [allow, denyRoot('s3:DeleteBucketPolicy')] },
    ),
    sessions: 1,
  },
  {
    name: 'there is no such bucket',
    code: 'no-such-bucket',
    says: /does not exist in any account/,
    organization: withBucket(lockOut()),
    detail: approval({ target: { accountId: account, bucketName: 'project-prod-2' } }),
    sessions: 1,
  },
  {
    name: 'the bucket is of another account',
    code: 'bucket-of-another-account',
    says: /belongs to another account/,
    organization: others(withBucket(lockOut()), { id: '444444444444', buckets: [] }),
    detail: elsewhere,
    sessions: 1,
  },
];

describe('what AWS says no to for good', () => {
  it.each(cases)(
    'ends in plain words: $name',
    async ({ code, says, organization, detail, settings, sessions }) => {
      const answer = await runStory({
        ...story([send(detail ?? approval())]),
        organization,
        settings: settings ?? {},
      });

      expect(endings(answer)).toMatchObject([{ ending: 'failed', code, remedy: expect.any(String) }]);
      const [told] = answer.notifications;
      expect(told?.message).toMatch(says);
      expect(told?.subject).toMatch(/^rootdesk failed: /);
      expectToldOnce(answer);
      expect(answer.deadLetters).toEqual([]);
      expect(policyAtTheEnd(answer)).toEqual(lockOut());
      expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(sessions ?? 0);
    },
  );

  it('is told as one of several causes where AWS does not say which', async () => {
    const organization = withBucket(lockOut());
    const denied = {
      Version: '2012-10-17',
      Statement: { Effect: 'Deny', Action: 'sts:AssumeRoot', Resource: '*' },
    };
    const own = { id: '222222222222', serviceControlPolicies: [allow, denied] };
    const answer = await runStory({ ...story([send(approval())]), organization: others(organization, own) });

    expect(endings(answer)).toMatchObject([{ ending: 'failed', code: 'assume-root-denied' }]);
    expect(answer.notifications[0]?.message).toMatch(/one of these/);
    expectToldOnce(answer);
  });

  it('is believed only when it lasts: a denial that passes is tried again and the bucket is unlocked', async () => {
    const answer = await runStory({
      ...story([send(approval())]),
      faults: [{ service: 'sts', operation: 'AssumeRoot', when: 'before', effect: 'throttle', times: 3 }],
    });

    expect(endings(answer)).toMatchObject([{ ending: 'succeeded' }]);
  });
});
