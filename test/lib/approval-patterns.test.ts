import fc from 'fast-check';
import { approvableTasks, isOrganizationTask } from '../../contract/root-tasks.ts';
import { type EventPattern, lanePattern, refusalPattern, runPattern } from '../../lib/approval-patterns.ts';
import type { OpenLane } from '../../lib/open-lanes.ts';
import { compilePattern } from '../../sandbox/bus/pattern.ts';
import { givenStack } from './given-stack.ts';

const lane: OpenLane = {
  task: 'unlock-s3-bucket',
  sources: ['acme.tickets', 'acme.chat'],
  accounts: ['333333333333', '444444444444'],
};

const right = {
  source: 'acme.tickets',
  account: '333333333333',
  'detail-type': 'Root Task Approved',
  detail: { task: 'unlock-s3-bucket' },
};

const matches = (pattern: EventPattern, event: unknown) => compilePattern(pattern)(event);

test('a lane takes an approval of its task from who may approve it', () => {
  expect(matches(lanePattern(lane), right)).toBe(true);
  expect(matches(refusalPattern([lane]), right)).toBe(false);
});

describe('the refusals take, and no lane does,', () => {
  test.each<[string, object]>([
    ['a replayed approval', { ...right, 'replay-name': 'again' }],
    ['a task that is not there', { ...right, detail: { task: 'unlock-everything' } }],
    ['a task in another spelling', { ...right, detail: { task: 'Unlock-S3-Bucket' } }],
    ['no task', { ...right, detail: {} }],
    ['a task that is null', { ...right, detail: { task: null } }],
    ['a task that is a number', { ...right, detail: { task: 1 } }],
    ['a task that is an object', { ...right, detail: { task: { name: 'unlock-s3-bucket' } } }],
    ['a task that is an empty list', { ...right, detail: { task: [] } }],
    ['an unknown source', { ...right, source: 'acme.other' }],
    ['an unknown account', { ...right, account: '555555555555' }],
    ['the detail-type in capitals', { ...right, 'detail-type': 'ROOT TASK APPROVED' }],
    ['another detail-type', { ...right, 'detail-type': 'Ticket Created' }],
    ["the product's source with an approval", { ...right, source: 'rootdesk', account: '222222222222' }],
  ])('%s', (_what, event) => {
    expect(matches(lanePattern(lane), event)).toBe(false);
    expect(matches(refusalPattern([lane]), event)).toBe(true);
  });
});

test('neither takes an outcome that the product published itself', () => {
  const outcome = { ...right, source: 'rootdesk', 'detail-type': 'Root Task Ended', account: '222222222222' };
  expect(matches(lanePattern(lane), outcome)).toBe(false);
  expect(matches(refusalPattern([lane]), outcome)).toBe(false);
});

test('without any lane, the refusals take every approval', () => {
  expect(matches(refusalPattern([]), right)).toBe(true);
});

/** A root task of one account or of the whole organization, from the same senders. */
const both: OpenLane = { ...lane, task: 'audit-root-credentials' };
const lanes = [lane, both];

describe('an approval of a task that goes across the organization', () => {
  const taken = (target: unknown) => {
    const event = { ...right, detail: { task: both.task, ...(target !== undefined && { target }) } };
    return Object.entries({
      lane: lanePattern(both),
      runs: runPattern(both),
      refusals: refusalPattern(lanes),
    })
      .filter(([, pattern]) => matches(pattern, event))
      .map(([who]) => who);
  };

  test.each<[string, unknown, string]>([
    ['one account', { accountId: '156041421443' }, 'lane'],
    ['the organization', { organization: true }, 'runs'],
    ['the organization, in part', { organization: true, excludedAccounts: ['156041421443'] }, 'runs'],
    ['what the organization is not', { organization: false }, 'runs'],
    ['null for the organization', { organization: null }, 'runs'],
    ['text for the organization', { organization: 'true' }, 'runs'],
    ['a list for the organization', { organization: [true] }, 'runs'],
    ['an account and the organization', { accountId: '156041421443', organization: true }, 'runs'],
    ['an object for the organization', { organization: {} }, 'lane'],
    ['an empty list for the organization', { organization: [] }, 'lane'],
    ['an object with something in it', { organization: { is: true } }, 'lane'],
    ['a list of targets', [{ accountId: '156041421443' }, { accountId: '200000000001' }], 'lane'],
    ['the organization in a list of targets', [{ accountId: '1' }, { organization: true }], 'runs'],
    ['text as target', 'the organization', 'lane'],
    ['null as target', null, 'lane'],
    ['no target', undefined, 'lane'],
  ])('that names %s is taken once', (_what, target, taker) => {
    expect(taken(target)).toEqual([taker]);
  });
});

test("an approval of a task that stays in one account is its lane's, organization or not", () => {
  const event = { ...right, detail: { task: lane.task, target: { organization: true } } };
  expect(matches(lanePattern(lane), event)).toBe(true);
});

const other = (value: string, ...others: string[]) => fc.constantFrom(value, ...others);
const anyTarget = fc.oneof(
  fc.record({ organization: fc.oneof(fc.boolean(), fc.jsonValue()) }),
  fc.array(fc.record({ organization: fc.jsonValue(), accountId: fc.string() }, { requiredKeys: [] })),
  fc.jsonValue(),
);
const anyEvent = fc.record(
  {
    source: other('acme.tickets', 'acme.chat', 'acme.other', 'rootdesk'),
    account: other('333333333333', '444444444444', '555555555555'),
    'detail-type': other('Root Task Approved', 'root task approved', 'Root Task Ended', 'Else'),
    'replay-name': fc.string(),
    detail: fc.record(
      {
        task: fc.oneof(
          fc.constantFrom('unlock-s3-bucket', 'audit-root-credentials'),
          fc.jsonValue(),
          fc.array(fc.constantFrom('unlock-s3-bucket', 'audit-root-credentials')),
        ),
        target: anyTarget,
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['source', 'account', 'detail-type', 'detail'] },
);

test("whatever arrives is taken by a lane or by the refusals, unless it is the product's own", () => {
  const taking = takers();
  fc.assert(
    fc.property(anyEvent, (event) => {
      const own = event.source === 'rootdesk' && event['detail-type'] !== 'Root Task Approved';
      return taking.some((takes) => takes(event)) || own;
    }),
    { numRuns: 2000 },
  );
});

test('an event whose task is one plain text is never taken twice', () => {
  const taking = takers();
  const plain = anyEvent.filter(({ detail }) => typeof detail.task === 'string');
  fc.assert(
    fc.property(plain, (event) => taking.filter((takes) => takes(event)).length <= 1),
    { numRuns: 2000 },
  );
});

function takers() {
  return [...lanes.map(lanePattern), runPattern(both), refusalPattern(lanes)].map(compilePattern);
}

test('a source that may not approve the task goes to the refusals', () => {
  const elsewhere = { source: 'acme.chat', senderRoleArns: ['arn:aws:iam::444444444444:role/chat'] };
  const narrow = { ...lane, sources: ['acme.tickets'], accounts: ['333333333333'] };
  const event = { ...right, source: elsewhere.source, account: '444444444444' };
  expect(matches(lanePattern(narrow), event)).toBe(false);
  expect(matches(refusalPattern([narrow]), event)).toBe(true);
});

test('the rules of the stack have these patterns', () => {
  const { one } = givenStack();
  const patternOf = (rule: string) => one('AWS::Events::Rule', rule).properties.EventPattern;
  const itsLanes = approvableTasks.map((task) => ({
    task,
    sources: ['acme.tickets'],
    accounts: ['333333333333'],
  }));
  expect(one('AWS::Events::Rule', 'UnlockS3Bucket-Approvals-Rule').properties.EventPattern).toEqual({
    'detail-type': ['Root Task Approved'],
    source: ['acme.tickets'],
    account: ['333333333333'],
    'replay-name': [{ exists: false }],
    detail: { task: ['unlock-s3-bucket'] },
  });
  for (const itsLane of itsLanes.filter(({ task }) => isOrganizationTask(task))) {
    const name = itsLane.task === 'audit-root-credentials' ? 'AuditRootCredentials' : 'DeleteRootCredentials';
    expect(patternOf(`OrganizationRuns-${name}-Approvals-Rule`)).toEqual(runPattern(itsLane));
    expect(patternOf(`${name}-Approvals-Rule`)).toEqual(lanePattern(itsLane));
  }
  expect(one('AWS::Events::Rule', 'Refusals-Untaken-Rule').properties.EventPattern).toEqual(
    refusalPattern(itsLanes),
  );
});
