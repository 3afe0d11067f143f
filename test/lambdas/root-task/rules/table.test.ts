import type { Facts } from '../../../../lambdas/root-task/rules/facts.ts';
import { reasonsToRefuse, rules } from '../../../../lambdas/root-task/rules/table.ts';
import { givenFacts } from '../../given/request.ts';
import { approvalCases } from './cases/approvals.ts';
import { type Given, queue, type RuleCases } from './cases/cases.ts';
import { peopleCases } from './cases/people.ts';
import { senderCases } from './cases/sender.ts';
import { targetCases } from './cases/target.ts';

const cases: Record<keyof typeof rules, RuleCases> = {
  ...senderCases,
  ...peopleCases,
  ...approvalCases,
  ...targetCases,
};

const factsOfCase = ({ event, settings, now }: Given) =>
  givenFacts(event, settings, now === undefined ? undefined : new Date(now));

describe.each(Object.entries(rules))('%s', (name, rule) => {
  const { allowed, refused, undecidable } = Reflect.get(cases, name) as RuleCases;
  const alone = (facts: Facts) => reasonsToRefuse(facts, { [name]: rule });

  it.each(Object.entries(allowed))('allows: %s', (_, given) => {
    expect(reasonsToRefuse(factsOfCase(given))).toEqual([]);
  });

  it.each(Object.entries(refused))('refuses: %s', (_, { codes, at, ...given }) => {
    const facts = factsOfCase(given);
    expect(reasonsToRefuse(facts).map(({ code }) => code)).toEqual(codes);
    expect(alone(facts).map(({ path }) => path)).toEqual(at);
  });

  it.each(Object.entries(undecidable))('cannot decide, and so refuses: %s', (_, broken) => {
    const facts = givenFacts();
    expect(alone({ ...facts, ...broken(facts) } as Facts)).toEqual([
      {
        code: 'rule-could-not-decide',
        message: expect.stringContaining(`"${name}" could not be decided: `),
      },
    ]);
  });
});

describe('the rules', () => {
  it('are these: a person agrees to each that is added, and above all to each that goes', () => {
    expect(Object.keys(rules)).toEqual([
      'not a replay',
      'a configured ticket source',
      'sent from the account of that source',
      'a ticket system that the source speaks for',
      'a task that the source may approve',
      'a task that is enabled',
      'every address a plain one',
      'the requester may request',
      'every approver on the list',
      'every approver once',
      'the requester is no approver',
      'enough approvals',
      'the deciding approval not too old',
      'no approval in the future',
      'in the partition of this organization',
      'not the management account',
      'not an excluded account',
      'not a protected target',
      'not a directory bucket',
      'an opening that closes in time',
    ]);
  });

  it('have a row of cases each, with every kind of answer', () => {
    expect(Object.keys(cases).sort()).toEqual(Object.keys(rules).sort());
    for (const row of Object.values(cases)) {
      for (const kind of [row.allowed, row.refused, row.undecidable]) {
        expect(Object.keys(kind)).not.toEqual([]);
      }
    }
  });

  it('are all asked, and all that fail are reported: a bucket', () => {
    const event = {
      'replay-name': 'again',
      account: '999999999999',
      'detail.ticket.system': 'servicenow',
      'detail.requestedBy': 'lead@example.com',
      'detail.approvals': [
        { approver: 'lead@example.com', approvedAt: '2026-11-18T00:00:00Z' },
        { approver: 'second.lead@example.com', approvedAt: '2026-11-18T00:00:00Z' },
        { approver: 'Lead@example.com', approvedAt: '2026-11-21T00:00:00Z' },
        { approver: 'le\u0430d@example.com', approvedAt: '2026-11-20T00:00:00Z' },
      ],
      'detail.target': { accountId: '111111111111', bucketName: 'x--x-s3' },
    };
    const settings = {
      'ticketSources.0.tasks': ['unlock-sqs-queue'],
      tasks: { 'unlock-s3-bucket': { enabled: false } },
      requesters: ['dev@example.com'],
      protectedTargets: ['x*'],
      excludedAccountIds: ['111111111111'],
    };
    expect(reasonsToRefuse(givenFacts(event, settings)).map(({ code }) => code)).toEqual([
      'replayed',
      'wrong-sender-account',
      'wrong-ticket-system',
      'task-not-allowed-for-source',
      'task-disabled',
      'address-not-plain',
      'requester-not-listed',
      'approver-not-listed',
      'approver-listed-twice',
      'requester-approved',
      'requester-approved',
      'approval-too-old',
      'approval-in-the-future',
      'management-account-target',
      'excluded-account',
      'protected-target',
      'directory-bucket',
    ]);
  });

  it('are all asked, and all that fail are reported: a queue', () => {
    const event = {
      source: 'other.tickets',
      ...queue('arn:aws-cn:sqs:cn-north-1:111111111111:orders'),
      'detail.approvals': [{ approver: 'x@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
    };
    expect(reasonsToRefuse(givenFacts(event)).map(({ code, path }) => [code, path])).toEqual([
      ['unknown-source', 'source'],
      ['approver-not-listed', 'detail.approvals[0].approver'],
      ['too-few-approvals', 'detail.approvals'],
      ['other-partition', 'detail.target.queueArn'],
      ['management-account-target', 'detail.target.queueArn'],
    ]);
  });

  it('refuse where they cannot decide, and go on with the others', () => {
    const table = {
      'a rule that breaks': () => {
        throw new Error('no list of approvers');
      },
      'not a replay': rules['not a replay'],
    };
    expect(reasonsToRefuse(givenFacts({ 'replay-name': 'x' }), table)).toEqual([
      {
        code: 'rule-could-not-decide',
        message: '"a rule that breaks" could not be decided: no list of approvers',
      },
      expect.objectContaining({ code: 'replayed' }),
    ]);
  });
});
