import { callsOf, endings } from '../given.ts';
import { account, type Policy } from '../scenes/scene.ts';
import { type Desk, type Holder, openDesk } from './repair-desk.ts';
import { changesIn, expectLeftAlone, hashOf } from './repair-expect.ts';
import { admin, allowedIn, stepsOf } from './repair-tries.ts';
import * as story from './story-policies.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const only =
  (...statements: ((holder: Holder) => Readonly<Record<string, unknown>>)[]) =>
  (holder: Holder): Policy =>
    story.policyOf(...statements.map((statement) => statement(holder)));

describe('what cannot be repaired is left alone, and its removal is for a person to approve', () => {
  it.each([
    [
      'of which nothing would be left',
      only(story.administrationByNobody),
      /Nothing of the policy would be left/,
    ],
    [
      'that is no policy as AWS describes them',
      only(story.misspelt),
      /malformed in one place \(Statement\[0\]\)/,
    ],
  ])('a policy %s', async (_, policyOf, why) => {
    const ticket = await desk.open('s3', policyOf);
    const answer = await ticket.play([ticket.send()]);

    expectLeftAlone(answer, ticket, 'failed', 'no-safe-repair');
    const [ended] = endings(answer);
    expect(ended?.summary).toMatch(why);
    expect(ended?.remedy).toContain('Approve the ticket anew with "remedy": "delete"');
    expect(answer.notifications[0]?.message).toContain(hashOf(ticket.given));

    const anew = await ticket.again('B');
    const tries = { 'admin puts a policy': admin('s3:PutBucketPolicy') };
    const after = await anew.play([anew.send({ remedy: 'delete' }), ...stepsOf(tries, ticket)]);
    expect(endings(after)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(after.policy).toBeNull();
    expect(allowedIn(tries, after)).toEqual([['admin puts a policy']]);
    expect(callsOf(after, 's3', 'PutBucketPolicy')).toBe(0);
  });
});

describe('where nobody is locked out, root is not needed', () => {
  it.each([
    [
      'a policy that shuts nobody out',
      's3',
      only((holder) => story.good(holder)[0] ?? {}),
      's3:PutBucketPolicy',
    ],
    [
      'a policy that nobody may replace, and everybody may remove',
      's3',
      only(story.neverReplaced),
      's3:DeleteBucketPolicy',
    ],
    ['a queue that nobody may send to', 'sqs', only(story.neverSent), 'sqs:SetQueueAttributes'],
  ] as const)('%s', async (_, service, policyOf, action) => {
    const ticket = await desk.open(service, policyOf);
    const tries = { 'an administrator can': admin(action) };
    const answer = await ticket.play([...stepsOf(tries, ticket), ticket.send({ remedy: 'delete' })]);

    expectLeftAlone(answer, ticket, 'refused', 'nobody-locked-out');
    expect(allowedIn(tries, answer)).toEqual([['an administrator can']]);
    const said = answer.notifications[0]?.message;
    expect(said).toMatch(
      new RegExp(`These can do it: every IAM principal of account ${account} .*${action}`),
    );
    expect(said).toContain('"evenIfNotLocked": true');
    expect(answer.outcomes).toMatchObject([{ detail: { ending: 'refused', code: 'nobody-locked-out' } }]);

    const anew = await ticket.again('B');
    const after = await anew.play([anew.send({ remedy: 'delete', evenIfNotLocked: true })]);
    expect(endings(after)).toMatchObject([{ ending: 'succeeded', code: 'unlocked' }]);
    expect(after.policy).toBeNull();
  });

  it('and nothing is to be repaired, whatever the approval says', async () => {
    const ticket = await desk.open(
      's3',
      only((holder) => story.good(holder)[0] ?? {}),
    );
    const answer = await ticket.play([ticket.send({ evenIfNotLocked: true })]);

    expectLeftAlone(answer, ticket, 'nothing-to-do', 'nothing-to-repair');
  });
});

describe('AWS does not take the repaired policy: the old one is still there, and somebody is told', () => {
  it.each([
    ['s3', 'PutBucketPolicy', 'Invalid principal in policy'],
    ['sqs', 'SetQueueAttributes', 'Invalid value for the parameter Policy.'],
  ] as const)('%s', async (service, operation, said) => {
    const ticket = await desk.open(service, only(story.onlyThePipeline));
    const answer = await ticket.play(
      [ticket.send()],
      [{ service, operation, when: 'before', effect: 'notTaken' }],
    );

    expectLeftAlone(answer, ticket, 'failed', 'policy-not-taken');
    const [ended] = endings(answer);
    expect(ended?.summary).toContain(said);
    expect(ended?.remedy).toContain('"remedy": "delete"');
    expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  });

  it('because a service control policy denies to put one, and nothing else', async () => {
    const ticket = await desk.open('s3', only(story.onlyThePipeline));
    const denies = { Effect: 'Deny', Action: 's3:PutBucketPolicy', Resource: '*' };
    const scp = (...Statement: object[]) => ({
      changeAccount: { accountId: account, serviceControlPolicies: [{ Version: '2012-10-17', Statement }] },
    });
    const allows = { Effect: 'Allow', Action: '*', Resource: '*' };
    const answer = await ticket.play([scp(allows, denies), ticket.send(), scp(allows)]);

    expectLeftAlone(answer, ticket, 'failed', 'denied-by-scp');
    const [ended] = endings(answer);
    expect(ended?.summary).toMatch(
      /A service control policy denies what unlock-s3-bucket needs.*s3:PutBucketPolicy/,
    );
    expect(ended?.remedy).toMatch(/^Exempt root sessions in that SCP/);
    expect(changesIn(answer, ticket)).toBe(0);
  });
});
