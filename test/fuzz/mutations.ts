import {
  delegatedAdministrator,
  management,
  memberOf,
  otherAccount,
  queueOf,
  region,
} from './organization.ts';
import { type Draft, lead, second } from './valid-event.ts';

/**
 * What is known of an event by how it was made, and not by what the product thinks of it: `same` is carried out as
 * before, `rehearsal` opens a session and changes nothing, `wrong` must be refused. `either`: two readings of one text
 * are both right, but only one may be taken.
 */
export type Verdict = 'same' | 'rehearsal' | 'wrong' | 'either';

export interface Mutation {
  /** The part of the event that it changes: no event has two of one part, so that none undoes another. */
  readonly part: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly change: (draft: Draft) => void;
}

type Path = readonly [string, ...string[]];

/** Puts a value at a place of the detail; undefined takes the member away. */
const set =
  (path: Path, value: unknown): Mutation['change'] =>
  ({ detail }) =>
    put(detail, path, value);

function put(object: unknown, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined || typeof object !== 'object' || object === null) return;
  const next: unknown = Reflect.get(object, key);
  if (rest.length > 0) put(next, rest, value);
  else if (value === undefined) Reflect.deleteProperty(object, key);
  else Reflect.set(object, key, value);
}

const row =
  (verdict: Verdict) =>
  (part: string, name: string, change: Mutation['change']): Mutation => ({
    part,
    name,
    verdict,
    change,
  });
const wrong = row('wrong');
const same = row('same');
const either = row('either');

/** Members that hold text. Whatever is no text in their place is wrong, and so is nothing. */
const texts: readonly Path[] = [
  ['schemaVersion'],
  ['ticket', 'system'],
  ['ticket', 'id'],
  ['ticket', 'url'],
  ['task'],
  ['reason'],
  ['requestedBy'],
];
const partOf = (path: Path) => (path[0] === 'requestedBy' ? 'people' : path.join('.'));

const untyped: readonly Mutation[] = texts.flatMap((path) => [
  wrong(partOf(path), `${path.join('.')} is no text`, (draft) => set(path, draft.odd)(draft)),
  wrong(partOf(path), `${path.join('.')} is missing`, set(path, undefined)),
  wrong(partOf(path), `${path.join('.')} is empty`, set(path, '')),
  wrong(partOf(path), `${path.join('.')} is in a list`, (draft) => {
    const inner = path.reduce<unknown>((object, key) => Reflect.get(Object(object), key), draft.detail);
    set(path, [inner])(draft);
  }),
]);

const envelope: readonly Mutation[] = [
  ...['other.tickets', 'Acme.Tickets', 'acme.tickets ', 'acme.tickets.evil', 'rootdesk'].map((source) =>
    wrong('source', `the source is "${source}"`, (draft) => {
      draft.source = source;
    }),
  ),
  ...[otherAccount, delegatedAdministrator, management].map((account) =>
    wrong('sender', `sent from account ${account}`, (draft) => {
      draft.sender = account;
    }),
  ),
  ...[
    'root task approved',
    'ROOT TASK APPROVED',
    'Root Task Approved ',
    'RootTaskApproved',
    'Root  Task Approved',
  ].map((type) =>
    wrong('detail-type', `the detail-type is "${type}"`, (draft) => {
      draft.detailType = type;
    }),
  ),
  wrong('replay', 'put back from an archive', (draft) => {
    draft.replayName = 'last-week';
  }),
];

const ticket: readonly Mutation[] = [
  wrong('ticket.system', 'another ticket system', set(['ticket', 'system'], 'servicenow')),
  same('ticket.system', 'the ticket system in capitals', set(['ticket', 'system'], 'JIRA')),
  same('ticket.id', 'the ticket in lower case', (draft) => set(['ticket', 'id'], `fuzz-${draft.nth}`)(draft)),
  wrong('ticket.id', 'a blank in the ticket', set(['ticket', 'id'], 'FUZZ 1')),
  wrong('ticket.id', 'a ticket of 129 characters', set(['ticket', 'id'], 'A'.repeat(129))),
  wrong('ticket.url', 'an http address', set(['ticket', 'url'], 'http://acme.example/1')),
  wrong('ticket.url', 'a user in the address', set(['ticket', 'url'], 'https://a:b@acme.example/1')),
  wrong('ticket.url', 'a script for an address', set(['ticket', 'url'], 'javascript:alert(1)')),
  same('ticket.url', 'another address', set(['ticket', 'url'], 'https://elsewhere.example/t?id=1')),
  wrong('schemaVersion', 'another version', set(['schemaVersion'], '2')),
  ...['Unlock-S3-Bucket', 'unlock-s3-bucket ', 'close-root-password-recovery', 'unlock-everything', '*'].map(
    (task) => wrong('task', `the task is "${task}"`, set(['task'], task)),
  ),
  wrong('task', 'the other task for this target', (draft) => {
    set(['task'], 'queueArn' in Object(draft.detail.target) ? 'unlock-s3-bucket' : 'unlock-sqs-queue')(draft);
  }),
  wrong('reason', 'a line break in the reason', set(['reason'], 'one\ntwo')),
  wrong('reason', 'an invisible character in the reason', set(['reason'], 'one\u202etwo')),
  wrong('reason', 'a reason of 2,001 characters', set(['reason'], 'x'.repeat(2001))),
  wrong('reason', 'a reason of 40,000 characters', set(['reason'], 'x'.repeat(40_000))),
  same('reason', 'another reason', set(['reason'], 'Überall gesperrt – 全員')),
];

const target: readonly Mutation[] = [
  wrong('target', 'no target', set(['target'], undefined)),
  wrong('target', 'a target that is no object', (draft) => set(['target'], draft.odd)(draft)),
  wrong('target', 'a target in a list', (draft) => set(['target'], [draft.detail.target])(draft)),
  wrong('target', 'one member more in the target', set(['target', 'force'], true)),
  wrong('target', 'the management account', (draft) => onTarget(draft, management, 'fuzzed')),
  wrong('target', 'an account of 11 digits', (draft) => onTarget(draft, '15604142144', 'fuzzed')),
  wrong('target', 'a protected name', (draft) => onTarget(draft, memberOf(draft.nth), 'acme-tf-state')),
  wrong('target', 'a protected name in capitals', (draft) =>
    onTarget(draft, memberOf(draft.nth), 'ACME-TF-STATE'),
  ),
  wrong('target', 'neither an account nor the organization', set(['target'], { organization: false })),
  wrong('target', 'an account and the organization', (draft) => {
    set(['target'], { organization: true, accountId: memberOf(draft.nth) })(draft);
  }),
  wrong('target', 'an empty list of excluded accounts', (draft) => {
    set(['target'], { organization: true, excludedAccounts: [] })(draft);
  }),
  wrong('target', 'a name with a slash', (draft) => onTarget(draft, memberOf(draft.nth), 'a/b')),
  wrong('target', 'a name that is everything', (draft) => onTarget(draft, memberOf(draft.nth), '*')),
  wrong('target', 'an id that is a number', (draft) => {
    set(['target'], { accountId: Number(memberOf(draft.nth)), bucketName: 'fuzzed' })(draft);
  }),
  wrong('target', 'another partition, or a directory bucket', (draft) => {
    const isQueue = 'queueArn' in Object(draft.detail.target);
    const elsewhere = `arn:aws-cn:sqs:cn-north-1:${memberOf(draft.nth)}:${queueOf(draft.nth)}`;
    if (isQueue) set(['target'], { queueArn: elsewhere })(draft);
    else onTarget(draft, memberOf(draft.nth), 'fast--eun1-az1--x-s3');
  }),
];

/** An account has no name: one beside it is not understood. */
function onTarget(draft: Draft, accountId: string, name: string): void {
  const was = Object(draft.detail.target);
  if ('queueArn' in was) {
    set(['target'], { queueArn: `arn:aws:sqs:${region}:${accountId}:${name}` })(draft);
  } else {
    const isAccount = !('bucketName' in was) && name === 'fuzzed';
    set(['target'], isAccount ? { accountId } : { accountId, bucketName: name })(draft);
  }
}

type Given = readonly (readonly [approver: unknown, minutesAgo: number])[];
const approved =
  (...given: Given): Mutation['change'] =>
  (draft) =>
    set(
      ['approvals'],
      given.map(([approver, minutes]) => ({ approver, approvedAt: draft.ago(minutes) })),
    )(draft);
const by = (address: string) => approved([address, 2]);

/** Requester and approvers are one part: whether one is wrong depends on the others. */
const people: readonly Mutation[] = [
  same('people', 'the other approver', by(second)),
  same('people', 'both approvers', approved([lead, 3], [second, 2])),
  same('people', 'the approver in capitals', by('LEAD@Example.COM')),
  same('people', 'the approver between blanks', by(`  ${lead} `)),
  same('people', 'somebody else asks', set(['requestedBy'], 'ops@example.org')),
  wrong('people', 'nobody approved', approved()),
  wrong('people', 'a stranger approved', by('stranger@example.com')),
  wrong('people', 'a stranger approved as well', approved([lead, 3], ['stranger@example.com', 2])),
  wrong('people', 'an approver under a tag', by('lead+x@example.com')),
  wrong('people', 'an approver of a subdomain', by('lead@mail.example.com')),
  wrong('people', 'a Cyrillic approver', by('l\u0435ad@example.com')),
  wrong('people', 'a full-width approver', by('ｌead@example.com')),
  wrong('people', 'an approver with a zero-width space', by('lead\u200b@example.com')),
  wrong('people', 'an approver with a name', by('Lead <lead@example.com>')),
  wrong('people', 'an approver twice', approved([lead, 3], ['Lead@example.com', 2])),
  wrong('people', 'an approver twice, once under a tag', approved([lead, 3], ['lead+2@example.com', 2])),
  wrong('people', 'the requester approves', set(['requestedBy'], lead)),
  wrong('people', 'the requester approves in capitals', set(['requestedBy'], 'LEAD@EXAMPLE.COM')),
  wrong('people', 'the requester approves under a tag', set(['requestedBy'], 'lead+me@example.com')),
  wrong('people', 'the requester approves beside another', (draft) => {
    set(['requestedBy'], second)(draft);
    approved([lead, 3], [second, 2])(draft);
  }),
  wrong('people', 'a requester that is no address', set(['requestedBy'], 'dev')),
  wrong('people', 'approved 25 hours ago', approved([lead, 25 * 60])),
  wrong('people', 'approved in ten minutes', approved([lead, -10])),
  wrong('people', 'one of two approved in ten minutes', approved([lead, 2], [second, -10])),
  wrong('people', 'approved at no time', set(['approvals'], [{ approver: lead, approvedAt: 'today' }])),
  wrong(
    'people',
    'approved at a time without an offset',
    set(['approvals'], [{ approver: lead, approvedAt: '2026-11-20T09:58:00' }]),
  ),
  wrong(
    'people',
    'approved at a number',
    set(['approvals'], [{ approver: lead, approvedAt: 1_795_000_000 }]),
  ),
  wrong('people', '21 approvals', approved(...Array.from({ length: 21 }, (): [string, number] => [lead, 2]))),
  wrong('people', 'approvals that are no list', (draft) => {
    set(['approvals'], { approver: lead, approvedAt: draft.ago(2) })(draft);
  }),
  wrong('people', 'approvals in a list of lists', (draft) =>
    set(['approvals'], [draft.detail.approvals])(draft),
  ),
  wrong('people', 'a list of approvers for an approver', approved([[lead], 2])),
  wrong('people', 'no approvals', set(['approvals'], undefined)),
];

const more: readonly Mutation[] = [
  row('rehearsal')('dryRun', 'a rehearsal', set(['dryRun'], true)),
  same('dryRun', 'no rehearsal, said', set(['dryRun'], false)),
  ...['true', 'false', 0, 1, null, {}, [true]].map((value) =>
    wrong('dryRun', `dryRun is ${JSON.stringify(value)}`, set(['dryRun'], value)),
  ),
  ...['PT4M', 'P2D', 'PT', 4, null].map((value) =>
    wrong('options', `removeAfter is ${JSON.stringify(value)}`, set(['removeAfter'], value)),
  ),
  ...['mend', 'Delete', null].map((value) =>
    wrong('options', `remedy is ${JSON.stringify(value)}`, set(['remedy'], value)),
  ),
  ...['A'.repeat(64), 'a'.repeat(63), null].map((value) =>
    wrong('options', `policySha256 is ${JSON.stringify(value)}`, set(['policySha256'], value)),
  ),
  wrong('options', 'a replacement without a repair', set(['replacement'], 'a'.repeat(64))),
  wrong('options', 'evenIfNotLocked in words', set(['evenIfNotLocked'], 'yes')),
  wrong('options', 'an earlier request with a blank', set(['earlierRequest'], 'one two')),
  ...[[], ['passwords'], ['password', 'password'], 'password', null].map((value) =>
    wrong('options', `kinds is ${JSON.stringify(value)}`, set(['kinds'], value)),
  ),
  ...[0, -1, 1.5, '90', null].map((value) =>
    wrong(
      'options',
      `keepIfUsedWithinDays is ${JSON.stringify(value)}`,
      set(['keepIfUsedWithinDays'], value),
    ),
  ),
  wrong('extra', 'one member more', set(['urgent'], true)),
  wrong('extra', 'one member more in the ticket', set(['ticket', 'priority'], 'high')),
  wrong('extra', 'a member called constructor', set(['constructor'], 'x')),
  wrong('extra', 'accounts beside the target', set(['accountId'], management)),
  wrong('text', 'a member called __proto__', (draft) => {
    draft.text = (json) => json.replace('{', '{"__proto__":{"dryRun":true},');
  }),
  same('text', 'white space', (draft) => {
    draft.text = (json) => JSON.stringify(JSON.parse(json), null, '\t');
  }),
  same('text', 'escaped letters', (draft) => {
    draft.text = (json) => json.replace('"approvals"', '"\\u0061pprovals"');
  }),
  either('text', 'the task twice, a wrong one first', (draft) => {
    draft.text = (json) => json.replace('{', '{"task":"unlock-everything",');
  }),
  either('text', 'the reason twice', (draft) => {
    draft.text = (json) => json.replace('"reason":', '"reason":"something else","reason":');
  }),
  wrong('text', 'the task twice, a wrong one last', (draft) => {
    draft.text = (json) => json.replace(/\}$/, ',"task":"unlock-everything"}');
  }),
  wrong('text', 'the approvals twice, a stranger last', (draft) => {
    const stranger = JSON.stringify([{ approver: 'stranger@example.com', approvedAt: draft.ago(2) }]);
    draft.text = (json) => json.replace(/\}$/, `,"approvals":${stranger}}`);
  }),
  wrong('text', 'the approvals twice, none last', (draft) => {
    draft.text = (json) => json.replace(/\}$/, ',"approvals":[]}');
  }),
  wrong('text', 'a number that no computer holds', (draft) => {
    draft.text = (json) => json.replace(/\}$/, ',"dryRun":1e400}');
  }),
  wrong('text', 'nothing but something else', (draft) => {
    draft.text = () => JSON.stringify({ hello: draft.odd });
  }),
  wrong('text', 'an empty detail', (draft) => {
    draft.text = () => '{}';
  }),
];

export const mutations: readonly Mutation[] = [
  ...untyped,
  ...envelope,
  ...ticket,
  ...target,
  ...people,
  ...more,
];
