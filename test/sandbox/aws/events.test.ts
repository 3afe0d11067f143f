import { EventBridgeClient, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import * as f from './fixture.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

const approval = {
  EventBusName: f.busArn,
  Source: 'acme.tickets',
  DetailType: 'Root Task Approved',
  Detail: '{"a":1}',
};
const put = (who: string, ...entries: object[]) =>
  new EventBridgeClient(world.as(who)).send(new PutEventsCommand({ Entries: entries }));

it('takes an approval from the ticketing role', async () => {
  const answer = await put(f.ticketingRole, {
    ...approval,
    Time: new Date('2026-11-20T09:58:00Z'),
    Resources: ['x'],
  });
  expect(answer).toMatchObject({
    FailedEntryCount: 0,
    Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
  });
  expect(world.putEvents).toEqual([
    {
      busName: 'rootdesk',
      event: {
        version: '0',
        id: answer.Entries?.[0]?.EventId,
        'detail-type': 'Root Task Approved',
        source: 'acme.tickets',
        account: f.sender,
        time: '2026-11-20T09:58:00Z',
        region: f.region,
        resources: ['x'],
        detail: { a: 1 },
      },
    },
  ]);
});

it('takes events of its own account by the name of the bus', async () => {
  const outcome = {
    ...approval,
    EventBusName: 'rootdesk',
    Source: 'rootdesk',
    DetailType: 'Root Task Ended',
  };
  await put(f.announceRole, outcome);
  expect(world.putEvents[0]?.event).toMatchObject({ account: f.admin, source: 'rootdesk' });
});

const withoutSource = { ...approval, Source: undefined };
const withoutType = { ...approval, DetailType: undefined };
it.each([
  ['an insider', f.insider, [approval]],
  ['the root user of the account', `arn:aws:iam::${f.admin}:root`, [approval]],
  ['a colleague', f.colleague, [approval]],
  ['a stranger', f.outsider, [approval]],
  ['a wrong source', f.ticketingRole, [{ ...approval, Source: 'other' }]],
  ['a wrong detail-type', f.ticketingRole, [{ ...approval, DetailType: 'Root Task Ended' }]],
  ['one wrong source among right ones', f.ticketingRole, [approval, { ...approval, Source: 'rootdesk' }]],
  ['one wrong detail-type among right ones', f.ticketingRole, [approval, { ...approval, DetailType: 'x' }]],
  ['no source at all', f.ticketingRole, [withoutSource]],
  ['no detail-type at all', f.ticketingRole, [withoutType]],
])('keeps out %s', async (_, who, entries) => {
  await expect(put(who, ...entries)).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(
      `is not authorized to perform: events:PutEvents on resource: ${f.busArn}`,
    ),
  });
  expect(world.putEvents).toEqual([]);
  expect(world.aws.calls.at(-1)).toMatchObject({
    operation: 'PutEvents',
    resource: f.busArn,
    allowed: false,
  });
});

it('refuses entries one by one', async () => {
  const own = { ...approval, EventBusName: 'rootdesk', Source: 'rootdesk' };
  const answer = await put(
    f.announceRole,
    own,
    { ...own, Detail: '[]' },
    { ...own, Detail: '{' },
    { ...own, Detail: undefined },
    { ...own, DetailType: 'x'.repeat(129) },
    { ...own, Source: 'aws.s3' },
  );
  expect(answer.FailedEntryCount).toBe(5);
  expect(answer.Entries?.map((entry) => entry.ErrorCode)).toEqual([
    undefined,
    'MalformedDetail',
    'MalformedDetail',
    'InvalidArgument',
    'InvalidArgument',
    'NotAuthorizedForSourceException',
  ]);
  expect(world.putEvents).toHaveLength(1);
});

it.each(['Source', 'DetailType', 'Detail'])(
  'refuses the whole call when every entry lacks %s',
  async (field) => {
    const own = { ...approval, EventBusName: 'rootdesk', Source: 'rootdesk' };
    await expect(put(f.announceRole, { ...own, [field]: undefined })).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Parameter ${field} is not valid. Reason: ${field} is a required argument.`,
    });
    expect(world.putEvents).toEqual([]);
  },
);

it('refuses more than ten entries at once', async () => {
  await expect(put(f.ticketingRole, ...Array(11).fill(approval))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

it('drops what is put on a bus that is not there, as AWS does', async () => {
  const answer = await put(f.insider, { ...approval, EventBusName: 'nowhere' });
  expect(answer.FailedEntryCount).toBe(0);
  expect(world.putEvents).toEqual([]);
});

it('says what it does not model', async () => {
  const rule = new EventBridgeClient(world.as(f.insider)).send(new PutRuleCommand({ Name: 'x' }));
  await expect(rule).rejects.toMatchObject({ message: 'the sandbox does not model events:PutRule' });
});
