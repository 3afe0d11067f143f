import fc from 'fast-check';
import { reasonsToRefuse, rules } from '../../../../lambdas/root-task/rules/table.ts';
import { givenFacts, givenRequest } from '../../given/request.ts';

const codesOf = (...given: Parameters<typeof givenFacts>) =>
  reasonsToRefuse(givenFacts(...given)).map(({ code }) => code);

const by = (approver: string, approvedAt = '2026-11-20T09:58:00Z') => ({ approver, approvedAt });
const lead = by('lead@example.com');
const second = by('second.lead@example.com', '2026-11-20T09:59:00Z');
const twoNeeded = { tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } };

interface Case {
  readonly event?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
  readonly now?: string;
  readonly refused: readonly string[];
}

const source = {
  source: 'acme.tickets',
  senderRoleArns: ['arn:aws:iam::333333333333:role/x'],
  ticketSystems: ['Jira'],
};

const cases: Record<string, Record<string, Case>> = {
  'not a replay': {
    'a first delivery': { refused: [] },
    'a replay from an archive': { event: { 'replay-name': 'again' }, refused: ['replayed'] },
    'a replay without a name': { event: { 'replay-name': '' }, refused: ['replayed'] },
  },
  'a configured ticket source': {
    'another source': { event: { source: 'other.tickets' }, refused: ['unknown-source'] },
    'a source in capitals': { event: { source: 'Acme.tickets' }, refused: ['unknown-source'] },
  },
  'sent from the account of that source': {
    'another account': { event: { account: '333333333334' }, refused: ['wrong-sender-account'] },
    'the account of another source': {
      event: { account: '444444444444' },
      settings: {
        ticketSources: [
          source,
          { ...source, source: 'b', senderRoleArns: ['arn:aws:iam::444444444444:role/x'] },
        ],
      },
      refused: ['wrong-sender-account'],
    },
  },
  'a ticket system that the source speaks for': {
    'the same in capitals': { event: { 'detail.ticket.system': 'JIRA' }, refused: [] },
    'settings in capitals': { settings: { ticketSources: [source] }, refused: [] },
    'another system': { event: { 'detail.ticket.system': 'servicenow' }, refused: ['wrong-ticket-system'] },
  },
  'a task that the source may approve': {
    'the task is on its list': {
      settings: { 'ticketSources.0.tasks': ['unlock-s3-bucket'] },
      refused: [],
    },
  },
  'a task that is enabled': {
    'a disabled task': {
      settings: { tasks: { 'unlock-s3-bucket': { enabled: false } } },
      refused: ['task-disabled'],
    },
  },
  'every approver on the list': {
    'in capitals': { event: { 'detail.approvals': [by('LEAD@Example.Com')] }, refused: [] },
    'with white space around': {
      event: { 'detail.approvals': [by(' lead@example.com\u00a0')] },
      refused: [],
    },
    'in full-width letters': { event: { 'detail.approvals': [by('ｌｅａｄ@example.com')] }, refused: [] },
    'with a look-alike letter': {
      event: { 'detail.approvals': [by('le\u0430d@example.com')] },
      refused: ['approver-not-listed', 'too-few-approvals'],
    },
    'somebody else': {
      event: { 'detail.approvals': [by('intern@example.com')] },
      refused: ['approver-not-listed', 'too-few-approvals'],
    },
    'somebody else beside one who may': {
      event: { 'detail.approvals': [lead, by('intern@example.com')] },
      refused: ['approver-not-listed'],
    },
    'the common list, where the source has its own': {
      settings: { 'ticketSources.0.approvers': ['other@example.com'] },
      refused: ['approver-not-listed', 'too-few-approvals'],
    },
    'the source\u2019s own list': {
      event: { 'detail.approvals': [by('other@example.com')] },
      settings: { 'ticketSources.0.approvers': ['other@example.com'] },
      refused: [],
    },
  },
  'every approver once': {
    twice: { event: { 'detail.approvals': [lead, lead] }, refused: ['approver-listed-twice'] },
    'twice in two spellings, where two are needed': {
      event: { 'detail.approvals': [lead, by('Lead@Example.com')] },
      settings: twoNeeded,
      refused: ['approver-listed-twice', 'too-few-approvals'],
    },
  },
  'the requester is no approver': {
    'the requester alone': {
      event: { 'detail.requestedBy': 'lead@example.com' },
      refused: ['requester-approved', 'too-few-approvals'],
    },
    'the requester in another spelling': {
      event: { 'detail.requestedBy': ' Lead@EXAMPLE.com' },
      refused: ['requester-approved', 'too-few-approvals'],
    },
    'the requester beside another': {
      event: { 'detail.requestedBy': 'lead@example.com', 'detail.approvals': [lead, second] },
      refused: ['requester-approved'],
    },
  },
  'enough approvals': {
    'one of two': { settings: twoNeeded, refused: ['too-few-approvals'] },
    'two of two': { event: { 'detail.approvals': [lead, second] }, settings: twoNeeded, refused: [] },
  },
  'the deciding approval not too old': {
    'to the millisecond': { now: '2026-11-21T09:58:00.000Z', refused: [] },
    'a millisecond older': { now: '2026-11-21T09:58:00.001Z', refused: ['approval-too-old'] },
    'the first is old, the deciding one is not': {
      event: { 'detail.approvals': [by('lead@example.com', '2026-11-01T00:00:00Z'), second] },
      settings: twoNeeded,
      refused: [],
    },
    'the deciding one is old, a later one is not': {
      event: { 'detail.approvals': [by('lead@example.com', '2026-11-01T00:00:00Z'), second] },
      refused: ['approval-too-old'],
    },
    'a year before all approvals': { now: '2025-11-20T09:58:00Z', refused: ['approval-in-the-future'] },
  },
  'no approval in the future': {
    'within clock skew': { event: { 'detail.approvals.0.approvedAt': '2026-11-20T10:05:00Z' }, refused: [] },
    'beyond clock skew': {
      event: { 'detail.approvals.0.approvedAt': '2026-11-20T10:05:00.001Z' },
      refused: ['approval-in-the-future'],
    },
    'one that does not decide': {
      event: { 'detail.approvals': [lead, by('second.lead@example.com', '2027-01-01T00:00:00Z')] },
      refused: ['approval-in-the-future'],
    },
  },
  'not the management account': {
    'the management account': {
      event: { 'detail.target.accountId': '111111111111' },
      refused: ['management-account-target'],
    },
  },
  'not an excluded account': {
    'an excluded account': {
      settings: { excludedAccountIds: ['999999999999', '156041421443'] },
      refused: ['excluded-account'],
    },
    'another is excluded': { settings: { excludedAccountIds: ['999999999999'] }, refused: [] },
  },
  'not a protected target': {
    'a pattern that matches': {
      settings: { protectedTargets: ['project-*'] },
      refused: ['protected-target'],
    },
    'a pattern in capitals': { settings: { protectedTargets: ['*-PROD-?'] }, refused: ['protected-target'] },
    'two patterns that match': {
      settings: { protectedTargets: ['project-prod-1', '*'] },
      refused: ['protected-target', 'protected-target'],
    },
    'a pattern that matches only a part': {
      settings: { protectedTargets: ['project', 'prod-1', '?'] },
      refused: [],
    },
    'a dot is a dot': {
      event: { 'detail.target.bucketName': 'axtf' },
      settings: { protectedTargets: ['a.tf', '[ax]+tf', '(', 'a|axtf'] },
      refused: [],
    },
  },
  'not a directory bucket': {
    'a directory bucket': {
      event: { 'detail.target.bucketName': 'name--usw2-az1--x-s3' },
      refused: ['directory-bucket'],
    },
    'a name that only holds the suffix': { event: { 'detail.target.bucketName': 'a--x-s3-b' }, refused: [] },
  },
};

describe.each(Object.entries(cases))('%s', (_, ofRule) => {
  it.each(Object.entries(ofRule))('%s', (_name, { event, settings, now, refused }) => {
    expect(codesOf(event, settings, now === undefined ? undefined : new Date(now))).toEqual(refused);
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
      'every approver on the list',
      'every approver once',
      'the requester is no approver',
      'enough approvals',
      'the deciding approval not too old',
      'no approval in the future',
      'not the management account',
      'not an excluded account',
      'not a protected target',
      'not a directory bucket',
    ]);
  });

  it('have cases each', () => {
    expect(Object.keys(cases)).toEqual(Object.keys(rules));
  });

  it('are all asked, and all that fail are reported', () => {
    const event = {
      'replay-name': 'again',
      source: 'other.tickets',
      'detail.requestedBy': 'lead@example.com',
      'detail.target': { accountId: '111111111111', bucketName: 'x--x-s3' },
    };
    expect(codesOf(event, { protectedTargets: ['x*'], excludedAccountIds: ['111111111111'] })).toEqual([
      'replayed',
      'unknown-source',
      'requester-approved',
      'too-few-approvals',
      'management-account-target',
      'excluded-account',
      'protected-target',
      'directory-bucket',
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

describe('the deciding approval', () => {
  const people = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`);
  const settings = { approvers: people, tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } };
  const minute = (minutes: number) =>
    new Date(Date.parse('2026-11-20T09:00:00Z') + minutes * 60_000).toISOString();

  it('is the N-th by time, in whatever order and offset the approvals come', () => {
    const approvals = [
      by('a@example.com', '2026-11-20T09:30:00Z'),
      by('b@example.com', '2026-11-20T11:10:00+02:00'),
      by('c@example.com', '2026-11-20T04:20:00-05:00'),
    ];
    expect(givenFacts({ 'detail.approvals': approvals }, settings).deciding).toEqual(approvals[2]);
  });

  it('makes one request, however many approve later', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(minutes, (unordered) => {
        const approvals = unordered
          .toSorted((a, b) => a - b)
          .map((at, index) => by(people[index] ?? '', minute(at)));
        const before = givenRequest({ 'detail.approvals': approvals.slice(0, -1) }, settings);
        const after = givenRequest({ 'detail.approvals': approvals.toReversed() }, settings);
        expect(after.requestId).toBe(before.requestId);
      }),
      { numRuns: 30 },
    );
  });
});
