import {
  approval,
  endings,
  expectNothingOpened,
  expectToldOnce,
  lockOut,
  now,
  policyAtTheEnd,
  send,
  story,
} from './given.ts';
import { runStory } from './run-story.ts';

/** An event that must be refused: what is sent, the codes of all its reasons, and what is in the settings. */
interface Case {
  readonly name: string;
  readonly detail: unknown;
  readonly codes: readonly string[];
  readonly paths?: readonly string[];
}

const approvals = (...list: [approver: string, approvedAt: string][]) =>
  list.map(([approver, approvedAt]) => ({ approver, approvedAt }));
const inTime = '2026-11-20T09:58:00Z';

const cases: readonly Case[] = [
  {
    name: 'the requester approves, under another spelling',
    detail: approval({ requestedBy: ' Lead@Example.com' }),
    codes: ['requester-approved', 'too-few-approvals'],
  },
  {
    name: 'an approver is not on the list',
    detail: approval({ approvals: approvals(['stranger@example.com', inTime]) }),
    codes: ['approver-not-listed', 'too-few-approvals'],
    paths: ['detail.approvals[0].approver', 'detail.approvals'],
  },
  {
    name: 'an approver is listed twice',
    detail: approval({ approvals: approvals(['lead@example.com', inTime], ['LEAD@example.com', inTime]) }),
    codes: ['approver-listed-twice'],
  },
  {
    name: 'the approval is too old',
    detail: approval({ approvals: approvals(['lead@example.com', '2026-11-19T09:58:00Z']) }),
    codes: ['approval-too-old'],
  },
  {
    name: 'the approval lies in the future',
    detail: approval({ approvals: approvals(['lead@example.com', '2026-11-20T10:06:00Z']) }),
    codes: ['approval-in-the-future'],
  },
  {
    name: 'the source does not speak for that ticket system',
    detail: approval({ ticket: { system: 'servicenow', id: 'CHG-1', url: 'https://acme.example/CHG-1' } }),
    codes: ['wrong-ticket-system'],
  },
  {
    name: 'the target is the management account',
    detail: approval({ target: { accountId: '111111111111', bucketName: 'project-prod-1' } }),
    codes: ['management-account-target'],
  },
  {
    name: 'the target is protected',
    detail: approval({ target: { accountId: '156041421443', bucketName: 'acme-tf-state' } }),
    codes: ['protected-target'],
  },
  {
    name: 'the target is a directory bucket',
    detail: approval({ target: { accountId: '156041421443', bucketName: 'fast--eun1-az1--x-s3' } }),
    codes: ['directory-bucket'],
  },
  {
    name: 'several rules fail at once: all are reported',
    detail: approval({
      target: { accountId: '111111111111', bucketName: 'acme-tf-state' },
      approvals: approvals(['stranger@example.com', '2026-11-20T10:06:00Z']),
    }),
    codes: [
      'approver-not-listed',
      'too-few-approvals',
      'approval-in-the-future',
      'management-account-target',
      'protected-target',
    ],
  },
  {
    name: 'a key is not known',
    detail: approval({ urgent: true }),
    codes: ['malformed'],
    paths: ['detail.urgent'],
  },
  {
    name: 'several fields are wrong: each is named',
    detail: approval({
      requestedBy: 'a\nb',
      ticket: { system: 'jira', id: 'SEC 1', url: 'http://acme.example' },
    }),
    codes: ['malformed', 'malformed', 'malformed', 'malformed'],
  },
];

describe('an event that must not be carried out', () => {
  it.each(cases)('is refused, recorded and told: $name', async ({ detail, codes, paths }) => {
    const answer = await runStory(story([send(detail)]));

    const [refused] = endings(answer);
    expect(answer.trail).toHaveLength(1);
    expect(refused).toMatchObject({
      kind: 'refused',
      ending: 'refused',
      requestId: expect.stringMatching(/^refused\//),
    });
    if (refused?.kind !== 'refused') throw new Error('not refused');
    const found = refused.reasons.map(({ code }) => code);
    expect(new Set(found)).toEqual(new Set(codes));
    for (const path of paths ?? []) expect(refused.reasons.map((reason) => reason.path)).toContain(path);
    for (const { message } of refused.reasons) expect(answer.notifications[0]?.message).toContain(message);
    expect(JSON.parse(refused.received.text)).toMatchObject({ detail: JSON.parse(JSON.stringify(detail)) });
    expectToldOnce(answer);
    expectNothingOpened(answer);
    expect(policyAtTheEnd(answer)).toEqual(lockOut());
  });
});

describe('an event that no lane takes', () => {
  const unreadable: readonly (readonly [string, unknown])[] = [
    ['a task that does not exist', approval({ task: 'unlock-everything' })],
    ['no task at all', { hello: 'world' }],
    ['a task that is a list', approval({ task: ['unlock-s3-bucket', 'unlock-s3-bucket'] })],
    ['a task that is an object', approval({ task: { name: 'unlock-s3-bucket' } })],
    ['an empty detail', {}],
  ];

  it.each(unreadable)('is refused all the same, and somebody is told: %s', async (_, detail) => {
    const answer = await runStory(story([send(detail)]));

    expect(answer.trail).toHaveLength(1);
    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'malformed' }]);
    expectToldOnce(answer);
    expectNothingOpened(answer);
  });

  it('is refused though it holds a number that no computer holds', async () => {
    const detail = JSON.stringify(approval()).replace('"dryRun":false', '"dryRun":1e400');
    const answer = await runStory(story([send(detail)]));

    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'malformed' }]);
    expect(answer.deadLetters).toEqual([]);
  });

  it('is carried out or refused, never both, when its task stands there twice', async () => {
    const detail = JSON.stringify(approval()).replace('"task":', '"task":"delete-root-credentials","task":');
    const answer = await runStory(story([send(detail)]));

    expect(endings(answer)).toMatchObject([{ ending: 'succeeded' }]);
    expect(answer.deadLetters).toEqual([]);
    expectToldOnce(answer);
  });

  it('is kept as its beginning and its sha256 when it is too large', async () => {
    const answer = await runStory(story([send(approval({ reason: 'x'.repeat(40_000) }))]));

    const [refused] = endings(answer);
    expect(refused).toMatchObject({ code: 'too-large', received: { truncated: true } });
    if (refused?.kind !== 'refused') throw new Error('not refused');
    expect(refused.received.text).toHaveLength(1024);
    expect(refused.received.bytes).toBeGreaterThan(40_000);
    expectToldOnce(answer);
  });
});

describe('settings', () => {
  it('can exclude accounts and disable tasks', async () => {
    const answer = await runStory(
      story([send(approval())], {
        settings: { excludedAccountIds: ['156041421443'], tasks: { 'unlock-s3-bucket': { enabled: false } } },
      }),
    );

    const [refused] = endings(answer);
    if (refused?.kind !== 'refused') throw new Error('not refused');
    expect(refused.reasons.map(({ code }) => code)).toEqual(['task-disabled', 'excluded-account']);
    expectNothingOpened(answer);
  });
});

describe('an event that does not come over the bus', () => {
  it('an administrator who invokes the function with a made-up event is held to the rules, and recorded', async () => {
    const event = {
      version: '0',
      id: '11111111-2222-3333-4444-555555555555',
      'detail-type': 'Root Task Approved',
      source: 'acme.tickets',
      account: '222222222222',
      time: now,
      region: 'eu-central-1',
      resources: [],
      detail: approval(),
    };
    const answer = await runStory(
      story([{ invoke: { as: 'insider', function: 'unlock-s3-bucket', event } }]),
    );

    expect(endings(answer)).toMatchObject([{ ending: 'refused', code: 'wrong-sender-account' }]);
    expectNothingOpened(answer);
  });
});
