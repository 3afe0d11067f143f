import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Settings, settingsDigest } from '../../contract/settings.ts';
import example from '../../examples/settings.json' with { type: 'json' };
import { readSettings } from '../../lib/read-settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'rootdesk-settings-'));
const path = join(directory, 'settings.json');
afterAll(() => rmSync(directory, { recursive: true }));

function whenRead(document: unknown): Settings {
  writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
  return readSettings(path);
}

/** The faults as they are told, a line for each. */
function faultsOf(document: unknown): string[] {
  try {
    whenRead(document);
    return [];
  } catch (fault) {
    return fault instanceof Error ? fault.message.split('\n') : [];
  }
}

const [source] = example.ticketSources;
const without = (key: string) => Object.fromEntries(Object.entries(example).filter(([name]) => name !== key));
const withSource = (changes: object) => ({ ...example, ticketSources: [{ ...source, ...changes }] });

test('the example is right, and what it leaves out has its default', () => {
  expect(whenRead(example)).toMatchObject({
    approvalMaxAge: 'PT24H',
    clockSkew: 'PT5M',
    excludedAccountIds: [],
    logRetentionDays: 365,
    tasks: {},
  });
});

describe('a required setting that is missing is named, with what is expected and an example', () => {
  test.each<[string, object, string]>([
    [
      'ticketSources',
      without('ticketSources'),
      'at least one ticket source, for example [{"source": "acme.tickets"',
    ],
    ['approvers', without('approvers'), 'at least one approver, for example ["lead@example.com"]'],
    [
      'managementAccountId',
      without('managementAccountId'),
      'a 12-digit account id, for example "156041421443"',
    ],
    ['onCall', without('onCall'), 'whom to tell, for example {"emails": ["oncall@example.com"]}'],
    [
      'onCall.emails',
      { ...example, onCall: {} },
      'at least one e-mail address, for example ["oncall@example.com"]',
    ],
    ['ticketSources[0].source', withSource({ source: undefined }), 'text, for example "acme.tickets"'],
    [
      'ticketSources[0].senderRoleArns',
      withSource({ senderRoleArns: undefined }),
      'the roles that put events, for example ["arn:aws:iam::333333333333:role/ticketing"]',
    ],
    [
      'ticketSources[0].ticketSystems',
      withSource({ ticketSystems: undefined }),
      'the ticket systems it speaks for, for example ["jira"]',
    ],
  ])('%s', (setting, document, expected) => {
    const [, fault, ...others] = faultsOf(document);
    expect(fault).toContain(`  ${setting}: expected ${expected}`);
    expect(fault).toMatch(/; found nothing$/);
    expect(others).toEqual([]);
  });
});

describe('a malformed setting is named, with what is expected and what was found', () => {
  test.each<[string, object, string]>([
    ['ticketSources', { ...example, ticketSources: [] }, 'expected at least one ticket source, for example'],
    ['ticketSources[0].source', withSource({ source: 'rootdesk' }), 'expected a source of your own'],
    ['ticketSources[0].source', withSource({ source: 'aws.ec2' }), 'expected a source of your own'],
    [
      'ticketSources[0].senderRoleArns[0]',
      withSource({ senderRoleArns: ['arn:aws:iam::333333333333:user/ticketing'] }),
      'expected the ARN of an IAM role, for example "arn:aws:iam::333333333333:role/ticketing"',
    ],
    [
      'ticketSources[0].senderRoleArns[0]',
      withSource({ senderRoleArns: ['arn:aws:iam::333333333333:role/*'] }),
      'expected the ARN of an IAM role',
    ],
    [
      'ticketSources[0].tasks[0]',
      withSource({ tasks: ['unlock-everything'] }),
      'expected one of unlock-s3-bucket',
    ],
    [
      'approvers[0]',
      { ...example, approvers: ['lead'] },
      'expected an e-mail address, for example "lead@example.com"',
    ],
    [
      'managementAccountId',
      { ...example, managementAccountId: 111111111111 },
      'expected a 12-digit account id',
    ],
    ['excludedAccountIds[0]', { ...example, excludedAccountIds: ['4444'] }, 'expected a 12-digit account id'],
    [
      'onCall.emails',
      { ...example, onCall: { emails: [] } },
      'expected at least one e-mail address, for example',
    ],
    ['approvalMaxAge', { ...example, approvalMaxAge: '24h' }, 'expected an ISO 8601 duration'],
    ['clockSkew', { ...example, clockSkew: 300 }, 'expected an ISO 8601 duration'],
    ['logRetentionDays', { ...example, logRetentionDays: 7 }, 'expected 30, 60, 90'],
    [
      'deploymentRoleArns',
      { ...example, deploymentRoleArns: [] },
      'expected the roles that deploy, for example',
    ],
    [
      'tasks.unlock-s3-bucket.requiredApprovals',
      { ...example, tasks: { 'unlock-s3-bucket': { requiredApprovals: 0 } } },
      'expected at least 1',
    ],
    [
      'tasks.unlock-s3-bucket.requiredApprovals',
      { ...example, tasks: { 'unlock-s3-bucket': { requiredApprovals: 3 } } },
      'expected at most 2, the number of approvers',
    ],
    [
      'ticketSources[1].source',
      { ...example, ticketSources: [source, source] },
      'expected each source once; "acme.tickets" is there twice',
    ],
  ])('%s of %j', (setting, document, expected) => {
    const [, fault] = faultsOf(document);
    expect(fault).toContain(`  ${setting}: ${expected}`);
    expect(fault).toMatch(/; found .+$/);
  });
});

describe('a setting that is not known is a fault, wherever it is', () => {
  test.each<[string, object]>([
    ['aprovers', { ...example, aprovers: [] }],
    ['ticketSources[0].sender', withSource({ sender: 'x' })],
    ['tasks.unlock-everything', { ...example, tasks: { 'unlock-everything': {} } }],
    ['onCall.phone', { ...example, onCall: { ...example.onCall, phone: '1' } }],
  ])('%s', (setting, document) => {
    expect(faultsOf(document)[1]).toBe(
      `  ${setting}: this key is not known here; remove it or correct its spelling`,
    );
  });
});

test('all faults are told at once', () => {
  const [heading, ...faults] = faultsOf({ ...without('approvers'), onCall: {}, aprovers: [] });
  expect(heading).toMatch(/^The settings in .* have 3 faults:$/);
  expect(faults).toHaveLength(3);
});

test('a file that is not there is answered with what to do', () => {
  expect(() => readSettings(join(directory, 'none.json'))).toThrow(
    /^There is no settings file at .*none\.json\. Copy examples\/settings\.json to settings\.json and edit it/,
  );
});

test.each([
  ['a comma too many', '{\n  "approvers": ["lead@example.com",]\n}', /is not JSON, line 2, column 36: /],
  ['a word that is none', '{ "approvers": yes }', /line 1, column 16: /],
  ['a line break in a text', '{ "appro\nvers": [] }', /line 1, column 9: /],
  ['something behind its end', '{}\n{}', /line 2, column 1: /],
  ['nothing', '', /line 1, column 1: /],
  ['half a document', '{\n  "approvers": [', /line 2, column 17: /],
])('a file with %s is said to be no JSON, and where', (_what, text, place) => {
  expect(faultsOf(text)[0]).toMatch(/^The settings file .* is not JSON, /);
  expect(faultsOf(text)[0]).toMatch(place);
});

test('a context value that is no path is a fault', () => {
  expect(() => readSettings({ approvers: [] })).toThrow('-c settings=settings.json');
});

describe('the digest of the settings', () => {
  const digest = settingsDigest(whenRead(example));
  test('is the same whatever order the keys are in, and whatever schema the editor is told', () => {
    const turned = Object.fromEntries(Object.entries(without('$schema')).reverse());
    expect(settingsDigest(whenRead(turned))).toBe(digest);
  });
  test('is the same when a default is written down', () => {
    expect(settingsDigest(whenRead({ ...example, clockSkew: 'PT5M' }))).toBe(digest);
  });
  test('is another when anything is decided otherwise', () => {
    expect(settingsDigest(whenRead({ ...example, clockSkew: 'PT6M' }))).not.toBe(digest);
  });
});
