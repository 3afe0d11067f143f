import fc from 'fast-check';
import { rootTaskNames } from '../../contract/root-tasks.ts';
import { type EventPattern, lanePattern, refusalPattern } from '../../lib/approval-patterns.ts';
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

const other = (value: string, ...others: string[]) => fc.constantFrom(value, ...others);
const anyEvent = fc.record(
  {
    source: other('acme.tickets', 'acme.chat', 'acme.other', 'rootdesk'),
    account: other('333333333333', '444444444444', '555555555555'),
    'detail-type': other('Root Task Approved', 'root task approved', 'Root Task Ended', 'Else'),
    'replay-name': fc.string(),
    detail: fc.record(
      {
        task: fc.oneof(
          fc.constant('unlock-s3-bucket'),
          fc.jsonValue(),
          fc.array(fc.constant('unlock-s3-bucket')),
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ['source', 'account', 'detail-type', 'detail'] },
);

test("whatever arrives is taken by a lane or by the refusals, unless it is the product's own", () => {
  const taking = compilePattern(lanePattern(lane));
  const refusing = compilePattern(refusalPattern([lane]));
  fc.assert(
    fc.property(anyEvent, (event) => {
      const own = event.source === 'rootdesk' && event['detail-type'] !== 'Root Task Approved';
      return taking(event) || refusing(event) || own;
    }),
    { numRuns: 1000 },
  );
});

test('an event whose task is one plain text is never taken by both', () => {
  const taking = compilePattern(lanePattern(lane));
  const refusing = compilePattern(refusalPattern([lane]));
  const plain = anyEvent.filter(({ detail }) => typeof detail.task === 'string');
  fc.assert(
    fc.property(plain, (event) => !(taking(event) && refusing(event))),
    { numRuns: 500 },
  );
});

test('a source that may not approve the task goes to the refusals', () => {
  const elsewhere = { source: 'acme.chat', senderRoleArns: ['arn:aws:iam::444444444444:role/chat'] };
  const narrow = { ...lane, sources: ['acme.tickets'], accounts: ['333333333333'] };
  const event = { ...right, source: elsewhere.source, account: '444444444444' };
  expect(matches(lanePattern(narrow), event)).toBe(false);
  expect(matches(refusalPattern([narrow]), event)).toBe(true);
});

test('the rules of the stack have these patterns', () => {
  const { one } = givenStack();
  const itsLanes = rootTaskNames.map((task) => ({
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
  expect(one('AWS::Events::Rule', 'Refusals-Untaken-Rule').properties.EventPattern).toEqual(
    refusalPattern(itsLanes),
  );
});
