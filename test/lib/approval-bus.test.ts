import { givenStack } from './given-stack.ts';
import { busPolicyOf, decisionOn, type Statement } from './policies.ts';

const bus = 'arn:aws:events:eu-central-1:222222222222:event-bus/rootdesk';
const ticketing = 'arn:aws:iam::333333333333:role/ticketing';
const chat = 'arn:aws:iam::222222222222:role/ops/chat';
const both = 'arn:aws:iam::444444444444:role/both';
const publisher = 'arn:aws:iam::222222222222:role/Announcements-Publish-Role';

const given = givenStack('twoSources');
const policy = busPolicyOf(given);

/** One PutEvents call with an entry per source and detail-type, by a principal that may do anything in its account. */
function whenPut(
  principal: string,
  sources: string[],
  detailTypes = sources.map(() => 'Root Task Approved'),
) {
  return decisionOn({
    principal,
    action: 'events:PutEvents',
    resource: bus,
    resourcePolicy: policy,
    context: {
      ...(sources.length > 0 && { 'events:source': sources }),
      ...(detailTypes.length > 0 && { 'events:detail-type': detailTypes }),
    },
  });
}

const approved = 'Root Task Approved';
const ended = 'Root Task Ended';

describe('lets in', () => {
  test.each<[string, string, string[], string[]]>([
    ['a sender of another account with its own source', ticketing, ['acme.tickets'], [approved]],
    ['several approvals at once', ticketing, ['acme.tickets', 'acme.tickets'], [approved, approved]],
    ['a sender of its own account with its own source', chat, ['acme.chat'], [approved]],
    [
      'a role that sends for two sources, with both',
      both,
      ['acme.tickets', 'acme.chat'],
      [approved, approved],
    ],
    ['the publisher with outcomes', publisher, ['rootdesk'], [ended]],
  ])('%s', async (_what, principal, sources, detailTypes) => {
    expect(await whenPut(principal, sources, detailTypes)).toBe('Allowed');
  });
});

describe('keeps out', () => {
  const administrator = 'arn:aws:iam::222222222222:role/Admin';
  test.each<[string, string, string[], string[]]>([
    ['an administrator of its own account', administrator, ['acme.tickets'], [approved]],
    ['the root user of its own account', 'arn:aws:iam::222222222222:root', ['acme.tickets'], [approved]],
    [
      "an administrator of the sender's account",
      'arn:aws:iam::333333333333:role/Admin',
      ['acme.tickets'],
      [approved],
    ],
    ['a stranger', 'arn:aws:iam::555555555555:role/Admin', ['acme.tickets'], [approved]],
    [
      'a role of the same name elsewhere',
      'arn:aws:iam::555555555555:role/ticketing',
      ['acme.tickets'],
      [approved],
    ],
    [
      'a role of the same name on another path',
      'arn:aws:iam::222222222222:role/chat',
      ['acme.chat'],
      [approved],
    ],
    ["a sender with another's source", ticketing, ['acme.chat'], [approved]],
    ["a sender of its own account with another's source", chat, ['acme.tickets'], [approved]],
    ["a sender with the product's source", ticketing, ['rootdesk'], [approved]],
    ["a sender of its own account with the product's source", chat, ['rootdesk'], [ended]],
    ['a mixed batch', ticketing, ['acme.tickets', 'acme.chat'], [approved, approved]],
    ['a mixed batch from its own account', chat, ['acme.chat', 'acme.tickets'], [approved, approved]],
    ['another detail-type', ticketing, ['acme.tickets'], ['Ticket Created']],
    ['another spelling of the detail-type', chat, ['acme.chat'], ['root task approved']],
    ['one other detail-type among right ones', chat, ['acme.chat', 'acme.chat'], [approved, ended]],
    ['no source', chat, [], [approved]],
    ['no detail-type', chat, ['acme.chat'], []],
    ['neither, from another account', ticketing, [], []],
    ['the publisher with an approval', publisher, ['rootdesk'], [approved]],
    ['the publisher with a source of a ticket', publisher, ['acme.tickets'], [ended]],
    [
      'the function of a lane',
      'arn:aws:iam::222222222222:role/UnlockS3Bucket-Function-Role',
      ['acme.tickets'],
      [approved],
    ],
  ])('%s', async (_what, principal, sources, detailTypes) => {
    expect(await whenPut(principal, sources, detailTypes)).not.toBe('Allowed');
  });
});

test('the statements of the policy are these, each by its name', () => {
  expect(policy.Statement.map(({ Sid, Effect }) => `${Effect} ${Sid}`)).toEqual([
    'Deny DenyEverybodyElse',
    'Deny DenyWithoutSource',
    'Deny DenyWithoutDetailType',
    'Deny HoldSendersToApprovals',
    'Deny HoldPublisherToItsSource',
    'Deny HoldPublisherToOutcomes',
    'Deny HoldSenders1ToTheirSource',
    'Deny HoldSenders2ToTheirSource',
    'Deny HoldSenders3ToTheirSource',
    'Allow AllowSenders1',
    'Allow AllowSenders2',
    'Allow AllowSenders3',
  ]);
});

test('every statement is about putting events on this bus, and nothing else', () => {
  for (const { Action, Resource } of policy.Statement) {
    expect({ Action, Resource }).toEqual({ Action: 'events:PutEvents', Resource: bus });
  }
});

test('the Allows name accounts as principals, so that a role made again is still the role', () => {
  const allows = policy.Statement.filter(({ Effect }) => Effect === 'Allow');
  expect(allows.map(({ Principal }) => Principal)).toEqual([
    { AWS: 'arn:aws:iam::333333333333:root' },
    { AWS: 'arn:aws:iam::444444444444:root' },
    { AWS: 'arn:aws:iam::222222222222:root' },
  ]);
});

test('the statements are put one after the other, the Denies first', () => {
  const statements = given.resources.filter(({ type }) => type === 'AWS::Events::EventBusPolicy');
  statements.slice(1).forEach(({ dependsOn }, index) => {
    expect(dependsOn).toEqual([statements[index]?.name]);
  });
  const effects = statements.map(({ properties }) => (properties.Statement as Statement).Effect);
  expect(effects.lastIndexOf('Deny')).toBeLessThan(effects.indexOf('Allow'));
});

test('the bus is the custom bus "rootdesk"', () => {
  expect(given.one('AWS::Events::EventBus').properties).toMatchObject({ Name: 'rootdesk' });
});
