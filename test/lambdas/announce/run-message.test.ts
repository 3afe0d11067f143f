import type { EndedEntry } from '../../../contract/trail-entry.ts';
import { endingMessage } from '../../../lambdas/announce/message.ts';
import { outcomeOf } from '../../../lambdas/announce/outcome.ts';
import { resealed } from '../given/announcing.ts';
import { givenSettings } from '../given/request.ts';
import { account, GivenOrganization } from '../organization-run/given.ts';

async function messageOf(given: GivenOrganization, ended: EndedEntry) {
  const first = await given.trail.get(ended.requestId, 1);
  return endingMessage(ended, first?.kind === 'approved' ? first : null);
}

describe('the message of a run across the organization', () => {
  const order = { scheduledAudit: true, at: '2026-11-20T06:00:00Z' };

  it('says how many accounts are in which class, and where the report is', async () => {
    const given = new GivenOrganization();
    given.accounts = [account('400000000004'), account('500000000005')];
    given.fails.add('500000000005');
    const ended = await given.wholeRun();
    const { body, subject } = await messageOf(given, ended);
    expect(subject).toBe('rootdesk succeeded: audit-root-credentials the organization SEC-1234');
    for (const text of [
      ended.summary,
      'Target:         root users of the organization',
      'Accounts:       1 clean, 0 with credentials, 0 unknown, 0 left out, 1 failed',
      'Appeared:       0 credentials since the run before',
      'Report:         s3://runs/reports/2026-11-20/',
      'Approved by:    lead@example.com on 2026-11-20T09:58:00.000Z',
    ])
      expect(body).toContain(text);
    expect(body.match(/^Report:/gm)).toHaveLength(1);
  });

  it('of an audit by schedule says that the settings asked for it', async () => {
    const given = new GivenOrganization();
    given.settings = givenSettings({ organizationRuns: { scheduledAudit: { enabled: true } } });
    const requestId = await given.begin(order);
    await given.plan(requestId);
    const { body, subject } = await messageOf(given, await given.collate(requestId));
    expect(subject).toBe('rootdesk succeeded: audit-root-credentials the organization scheduled-audit');
    expect(body).toContain('Requested by:   rootdesk settings');
    expect(body).toContain('Approved by:    the settings, by schedule');
  });

  it('has an outcome event that names no account', async () => {
    const ended = await new GivenOrganization().wholeRun();
    expect(outcomeOf(ended)).toMatchObject({
      accountId: null,
      target: { organization: true },
      code: 'organization-audited',
    });
  });
});

it('the message of a closing names the opening that it closes', async () => {
  const given = new GivenOrganization();
  const closes = 'jira/sec-1/allow-root-password-recovery/156041421443/2026-11-20T09:58:00.000Z';
  const ended = resealed(await given.wholeRun(), {
    task: 'close-root-password-recovery',
    target: { accountId: '156041421443' },
    code: 'password-recovery-closed',
    closes,
    after: null,
  });
  const { body, subject } = endingMessage(ended, null);
  expect(subject).toBe('rootdesk succeeded: close-root-password-recovery 156041421443 SEC-1234');
  expect(body).toContain(`Closes:         ${closes}`);
  expect(body).toContain('Target:         root user of account 156041421443');
});
