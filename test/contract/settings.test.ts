import fc from 'fast-check';
import { envelope } from '../../contract/envelope.ts';
import type { ApprovableTask } from '../../contract/root-tasks.ts';
import {
  mayApprove,
  requiredApprovalsOf,
  senderAccountsOf,
  settings,
  settingsDigest,
  taskSettingsOf,
} from '../../contract/settings.ts';
import { changed, exampleSettings, faultsIn, ticketFaults } from './given.ts';

const faults = (changes: Record<string, unknown>) => faultsIn(settings, changed(exampleSettings, changes));
/** As many approvers as every task needs, so that a row has one fault. */
const enough = ['a@example.com', 'b@example.com'];
const withTasks = { ...exampleSettings, tasks: { 'unlock-s3-bucket': { requiredApprovals: 2 } } };

describe('the settings', () => {
  it('need no more than what is required; the rest has defaults', () => {
    expect(settings.parse(exampleSettings)).toEqual({
      ...exampleSettings,
      excludedAccountIds: [],
      protectedTargets: [],
      approvalMaxAge: 'PT24H',
      clockSkew: 'PT5M',
      tasks: {},
      logRetentionDays: 365,
      digests: { mode: 'GOVERNANCE', retentionDays: 365 },
      organizationRuns: { maxConcurrency: 10, scheduledAudit: { enabled: false, schedule: 'rate(7 days)' } },
    });
  });

  it.each([
    'ticketSources',
    'ticketSources.0.source',
    'ticketSources.0.senderRoleArns',
    'ticketSources.0.ticketSystems',
    'approvers',
    'managementAccountId',
    'onCall',
    'onCall.emails',
  ])('must have %s, and an example is given', (path) => {
    const [fault, ...others] = faults({ [path]: undefined });
    expect(fault?.path).toBe(path.replace('.0', '[0]'));
    expect(fault?.message).toMatch(/expected .*for example .*; found nothing$/);
    expect(others).toEqual([]);
  });

  it.each([
    'ticketSources',
    'ticketSources.0.senderRoleArns',
    'ticketSources.0.ticketSystems',
    'approvers',
    'requesters',
    'onCall.emails',
  ])('must have something in %s', (path) => {
    expect(faults({ [path]: [] })).toEqual([
      { path: path.replace('.0', '[0]'), message: expect.stringMatching(/for example .*; found \[\]$/) },
    ]);
  });

  it.each(['protectedTarget', 'ticketSources.0.sendersRole', 'onCall.sms'])('ignore no key: %s', (path) => {
    expect(faults({ [path]: 'x' })).toEqual([
      { path: path.replace('.0', '[0]'), message: expect.stringContaining('not known here') },
    ]);
  });

  it.each([
    ['tasks', { 'unlock-s3-buckets': {} }, 'tasks.unlock-s3-buckets'],
    ['tasks', { 'unlock-s3-bucket': { approvals: 2 } }, 'tasks.unlock-s3-bucket.approvals'],
  ])('ignore no key inside %s either', (path, value, at) => {
    expect(faults({ [path]: value }).map((fault) => fault.path)).toEqual([at]);
  });

  it.each<[string, unknown, string, RegExp]>([
    ['ticketSources', {}, 'ticketSources', /at least one ticket source/],
    ['ticketSources.0', 'acme', 'ticketSources[0]', /expected a ticket source/],
    ['ticketSources.0.source', '', 'ticketSources[0].source', /for example "acme.tickets"/],
    ['ticketSources.0.source', 'rootdesk', 'ticketSources[0].source', /a source of your own/],
    ['ticketSources.0.source', 'aws.s3', 'ticketSources[0].source', /a source of your own/],
    ['ticketSources.0.senderRoleArns', ['*'], 'ticketSources[0].senderRoleArns[0]', /ARN of an IAM role/],
    [
      'ticketSources.0.senderRoleArns',
      ['arn:aws:iam::333333333333:role/*'],
      'ticketSources[0].senderRoleArns[0]',
      /ARN/,
    ],
    [
      'ticketSources.0.senderRoleArns',
      ['arn:aws:iam::333333333333:user/x'],
      'ticketSources[0].senderRoleArns[0]',
      /ARN/,
    ],
    [
      'ticketSources.0.senderRoleArns',
      ['arn:awss:iam::333333333333:role/x'],
      'ticketSources[0].senderRoleArns[0]',
      /ARN/,
    ],
    ['ticketSources.0.source', 'acme\n', 'ticketSources[0].source', /that an event can carry.*for example/],
    ['ticketSources.0.source', 'ac\u200bme', 'ticketSources[0].source', /that an event can carry/],
    [
      'ticketSources.0.ticketSystems',
      ['jira', 'our jira'],
      'ticketSources[0].ticketSystems[1]',
      /as tickets name it: .*for example "jira"/,
    ],
    [
      'ticketSources.0.ticketSystems',
      ['j\u0456ra'],
      'ticketSources[0].ticketSystems[0]',
      /as tickets name it/,
    ],
    [
      'ticketSources.0.ticketSystems',
      ['j'.repeat(129)],
      'ticketSources[0].ticketSystems[0]',
      /1 to 128 letters/,
    ],
    ['ticketSources.0.tasks', ['all'], 'ticketSources[0].tasks[0]', /one of unlock-s3-bucket/],
    [
      'ticketSources.0.approvers',
      ['lead', ...enough],
      'ticketSources[0].approvers[0]',
      /e-mail address, for example/,
    ],
    ['approvers', ['lead@example.com', 'x'], 'approvers[1]', /e-mail address, for example/],
    ['managementAccountId', '11111', 'managementAccountId', /12-digit account id/],
    ['managementAccountId', 111111111111, 'managementAccountId', /12-digit account id/],
    ['onCall.emails', ['x'], 'onCall.emails[0]', /e-mail address, for example/],
    ['excludedAccountIds', ['x'], 'excludedAccountIds[0]', /12-digit account id/],
    ['protectedTargets', '*-tf-state', 'protectedTargets', /list of names, for example/],
    ['protectedTargets', ['arn:aws:s3:::*-tf-state'], 'protectedTargets[0]', /a name as buckets and queues/],
    ['protectedTargets', ['*-tf-state '], 'protectedTargets[0]', /for example "\*-tf-state"/],
    ['protectedTargets', ['*-(a|b)'], 'protectedTargets[0]', /a name as buckets and queues/],
    ['requesters', ['dev'], 'requesters[0]', /e-mail address, for example.*everybody of a domain/],
    ['approvers', ['*', ...enough], 'approvers[0]', /everybody of a domain, "\*@example.com"/],
    ['approvers', ['*@*.example.com'], 'approvers[0]', /everybody of a domain/],
    ['approvers', ['lead*@example.com', ...enough], 'approvers[0]', /everybody of a domain/],
    ['approvers', ['@example.com', ...enough], 'approvers[0]', /everybody of a domain/],
    ['approvers', ['le\u0430d@example.com', ...enough], 'approvers[0]', /e-mail address, for example/],
    ['approvers', ['Lead <lead@example.com>', ...enough], 'approvers[0]', /e-mail address, for example/],
    ['tasks', { 'unlock-s3-bucket': { approvers: [] } }, 'tasks.unlock-s3-bucket.approvers', /at least one/],
    [
      'tasks',
      { 'unlock-s3-bucket': { requesters: ['x'] } },
      'tasks.unlock-s3-bucket.requesters[0]',
      /e-mail/,
    ],
    ['approvalMaxAge', '24h', 'approvalMaxAge', /ISO 8601 duration.*for example "PT24H"/],
    ['approvalMaxAge', 86400, 'approvalMaxAge', /ISO 8601 duration/],
    ['clockSkew', '5 minutes', 'clockSkew', /ISO 8601 duration/],
    ['tasks', { 'unlock-s3-bucket': { enabled: 'no' } }, 'tasks.unlock-s3-bucket.enabled', /true or false/],
    [
      'tasks',
      { 'unlock-s3-bucket': { requiredApprovals: 0 } },
      'tasks.unlock-s3-bucket.requiredApprovals',
      /at least 1/,
    ],
    [
      'tasks',
      { 'unlock-s3-bucket': { requiredApprovals: 1.5 } },
      'tasks.unlock-s3-bucket.requiredApprovals',
      /whole number/,
    ],
    ['logRetentionDays', 7, 'logRetentionDays', /expected 30, 60/],
    ['digests', 365, 'digests', /how digests are kept, for example/],
    ['digests', { mode: 'governance' }, 'digests.mode', /GOVERNANCE or COMPLIANCE/],
    ['digests', { retentionDays: 0 }, 'digests.retentionDays', /at least 1/],
    ['digests', { retentionDays: 36_501 }, 'digests.retentionDays', /at most 36500/],
    ['digests', { retentionDays: '365' }, 'digests.retentionDays', /whole number of days/],
    ['digests', { days: 1 }, 'digests.days', /not known here/],
    ['deploymentRoleArns', ['x'], 'deploymentRoleArns[0]', /ARN of an IAM role/],
    ['organizationRuns', { maxConcurrency: 0 }, 'organizationRuns.maxConcurrency', /at least 1/],
    ['organizationRuns', { maxConcurrency: 1001 }, 'organizationRuns.maxConcurrency', /at most 100/],
    ['organizationRuns', { concurrency: 10 }, 'organizationRuns.concurrency', /not known here/],
    [
      'organizationRuns',
      { scheduledAudit: { schedule: 'every week' } },
      'organizationRuns.scheduledAudit.schedule',
      /EventBridge Scheduler, for example "rate\(7 days\)"/,
    ],
    [
      'organizationRuns',
      { scheduledAudit: { schedule: 'rate(5 minutes)' } },
      'organizationRuns.scheduledAudit.schedule',
      /EventBridge Scheduler/,
    ],
    [
      'organizationRuns',
      { scheduledAudit: { schedule: 'at(2026-11-20T10:00:00)' } },
      'organizationRuns.scheduledAudit.schedule',
      /EventBridge Scheduler/,
    ],
    [
      'ticketSources.0.ticketSystems',
      ['Rootdesk'],
      'ticketSources[0].ticketSystems[0]',
      /a system of your own/,
    ],
    [
      'tasks',
      { 'delete-root-credentials': { auditMaxAge: '7d' } },
      'tasks.delete-root-credentials.auditMaxAge',
      /ISO 8601 duration/,
    ],
    [
      'tasks',
      { 'allow-root-password-recovery': { maximumRemoveAfter: 'half a day' } },
      'tasks.allow-root-password-recovery.maximumRemoveAfter',
      /ISO 8601 duration/,
    ],
    [
      'tasks',
      { 'allow-root-password-recovery': { maximumRemoveAfter: 'P7DT1S' } },
      'tasks.allow-root-password-recovery.maximumRemoveAfter',
      /at most "P7D"/,
    ],
    [
      'tasks',
      { 'audit-root-credentials': { organizationRequiredApprovals: 0 } },
      'tasks.audit-root-credentials.organizationRequiredApprovals',
      /at least 1/,
    ],
    [
      'tasks',
      { 'unlock-s3-bucket': { organizationRequiredApprovals: 2 } },
      'tasks.unlock-s3-bucket.organizationRequiredApprovals',
      /not known here/,
    ],
    [
      'tasks',
      { 'close-root-password-recovery': { enabled: false } },
      'tasks.close-root-password-recovery',
      /not known here/,
    ],
  ])('%s may not be %j', (path, value, at, message) => {
    const [fault, ...others] = faults({ [path]: value });
    expect(fault?.path).toBe(at);
    expect(fault?.message).toMatch(message);
    expect(others).toEqual([]);
  });

  it.each([null, [], 'settings'])('are an object, not %j', (value) => {
    expect(faultsIn(settings, value)[0]).toMatchObject({
      path: '(document)',
      message: expect.stringContaining('examples/settings.json'),
    });
  });

  it('name each source once', () => {
    const [source] = exampleSettings.ticketSources;
    expect(faults({ ticketSources: [source, source] })).toMatchObject([
      { path: 'ticketSources[1].source', message: expect.stringContaining('there twice') },
    ]);
  });

  it('name each address of on-call once', () => {
    expect(faults({ onCall: { emails: ['a@example.com', 'A@example.com'] } })).toMatchObject([
      { path: 'onCall.emails[1]', message: expect.stringContaining('there twice') },
    ]);
  });

  it('take a source and a ticket system exactly where an event can carry them', () => {
    const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(anything, (text) => {
        fc.pre(text !== '' && !/^(aws\.|rootdesk$)/.test(text));
        const carried = envelope.shape.source.safeParse(text).success;
        expect(faults({ 'ticketSources.0.source': text }).length === 0).toBe(carried);
        const named = ticketFaults({ 'ticket.system': text }).length === 0;
        expect(faults({ 'ticketSources.0.ticketSystems': [text] }).length === 0).toBe(named);
      }),
    );
  });

  it('are told all their faults at once', () => {
    expect(faultsIn(settings, {}).map(({ path }) => path)).toEqual([
      'ticketSources',
      'approvers',
      'managementAccountId',
      'onCall',
    ]);
  });
});

describe('what follows from the settings', () => {
  const read = settings.parse(withTasks);
  const [source] = read.ticketSources;
  if (source === undefined) throw new Error('the example has a ticket source');

  it('is how many approvals a task needs', () => {
    expect(taskSettingsOf(read, 'unlock-s3-bucket')).toEqual({ enabled: true, requiredApprovals: 2 });
    expect(taskSettingsOf(settings.parse(exampleSettings), 'unlock-s3-bucket').requiredApprovals).toBe(1);
  });

  it('is how many approvals a task needs, in one account and across the organization', () => {
    const bare = settings.parse(exampleSettings);
    const both = (task: ApprovableTask, given = bare) => [
      requiredApprovalsOf(given, task, false),
      requiredApprovalsOf(given, task, true),
    ];
    expect(both('unlock-s3-bucket')).toEqual([1, 1]);
    expect(both('audit-root-credentials')).toEqual([1, 1]);
    expect(both('delete-root-credentials')).toEqual([1, 2]);
    expect(both('allow-root-password-recovery')).toEqual([2, 2]);
    const withTask = (more: object) =>
      settings.parse({ ...exampleSettings, tasks: { 'audit-root-credentials': more } });
    expect(both('audit-root-credentials', withTask({ requiredApprovals: 2 }))).toEqual([2, 2]);
    const one = { requiredApprovals: 2, organizationRequiredApprovals: 1 };
    expect(both('audit-root-credentials', withTask(one))).toEqual([2, 1]);
  });

  it('is how old an audit may be, and how long an opening', () => {
    const bare = settings.parse(exampleSettings);
    expect(taskSettingsOf(bare, 'delete-root-credentials').auditMaxAge).toBe('P7D');
    expect(taskSettingsOf(bare, 'allow-root-password-recovery').maximumRemoveAfter).toBe('PT12H');
  });

  it('is what a source may approve', () => {
    expect(mayApprove(source, 'unlock-s3-bucket')).toBe(true);
    expect(mayApprove({ ...source, tasks: [] }, 'unlock-s3-bucket')).toBe(false);
  });

  it('is which accounts may send, each once', () => {
    const senderRoleArns = ['role/a', 'role/b', 'role/c'].map(
      (role, index) => `arn:aws:iam::${index === 2 ? '444444444444' : '333333333333'}:${role}`,
    );
    expect(senderAccountsOf({ ...source, senderRoleArns })).toEqual(['333333333333', '444444444444']);
  });

  it('is a digest that any change of a setting changes, and the order of keys does not', () => {
    const reversed = Object.fromEntries(Object.entries(withTasks).reverse());
    expect(settingsDigest(settings.parse(reversed))).toBe(settingsDigest(read));
    expect(settingsDigest(settings.parse({ ...withTasks, approvalMaxAge: 'PT12H' }))).not.toBe(
      settingsDigest(read),
    );
  });
});
