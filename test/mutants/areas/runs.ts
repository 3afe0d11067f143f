import type { Mutant, NamedTests } from '../mutant.ts';

const leftOut = 'lambdas/organization-run/left-out.ts';
const beginRun = 'lambdas/organization-run/begin-run.ts';
const accountOrder = 'lambdas/root-task/steps/account-order.ts';
const runEnding = 'lambdas/organization-run/run-ending.ts';

const testsOfPlan: NamedTests = { file: 'test/lambdas/organization-run/plan-run.test.ts' };
const testsOfBegin: NamedTests = { file: 'test/lambdas/organization-run/begin-run.test.ts' };
const testsOfOrder: NamedTests = { file: 'test/lambdas/root-task/steps/account-order.test.ts' };
const testsOfCollating: NamedTests = { file: 'test/lambdas/organization-run/collate-run.test.ts' };
const testsOfEnding: NamedTests = { file: 'test/lambdas/organization-run/run-ending.test.ts' };
const testsOfChanges: NamedTests = { file: 'test/lambdas/organization-run/changes.test.ts' };
const testsOfCsv: NamedTests = { file: 'test/lambdas/organization-run/report/csv.test.ts' };

/** Runs across the organization: orders authorize nothing, accounts are left out, and nothing unread counts as clean. */
export const runs: readonly Mutant[] = [
  {
    id: 'run-visits-the-management-account',
    file: leftOut,
    find: 'if (id === settings.managementAccountId || id === managementAccountId)',
    replace: 'if (id === settings.managementAccountId && id === managementAccountId && id === ownAccountId)',
    breaks: 'a run leaves out the management account',
    killedBy: [{ ...testsOfPlan, name: 'visits active accounts' }],
  },
  {
    id: 'run-visits-its-own-account',
    file: leftOut,
    find: '  if (id === ownAccountId)\n',
    replace: "  if (ownAccountId === '')\n",
    breaks: 'a run leaves out the account in which rootdesk runs',
    killedBy: [{ ...testsOfPlan, name: 'visits active accounts' }],
  },
  {
    id: 'run-visits-what-the-ticket-excludes',
    file: leftOut,
    find: 'target.excludedAccounts?.some((excluded) => excluded === id) === true',
    replace: 'target.excludedAccounts?.every((excluded) => excluded === id) === false && false',
    breaks: 'a run leaves out the accounts that its ticket excludes',
    killedBy: [{ ...testsOfPlan, name: 'visits active accounts' }],
  },
  {
    id: 'run-visits-what-the-settings-exclude',
    file: leftOut,
    find: 'settings.excludedAccountIds.some((excluded) => excluded === id)',
    replace: 'settings.excludedAccountIds.length < 0',
    breaks: 'a run leaves out the accounts that the settings exclude',
    killedBy: [{ ...testsOfPlan, name: 'visits active accounts' }],
  },
  {
    id: 'unknown-exclusion-ignored',
    file: 'lambdas/organization-run/plan-run.ts',
    find: "if (!isNew || unknown === '') return",
    replace: "if (!isNew || unknown !== 'none') return",
    breaks: 'a deletion that excludes an account nobody knows ends before it begins',
    killedBy: [{ ...testsOfPlan, name: 'visits nobody where an account that it is to spare is not listed' }],
  },
  {
    id: 'ended-accounts-visited-again',
    file: 'lambdas/organization-run/plan-run.ts',
    find: "heads[index]?.kind !== 'ended'",
    replace: "heads[index]?.kind !== 'refused'",
    breaks: 'a run that is started again visits only what has not ended',
    killedBy: [{ ...testsOfPlan, name: 'stands when the run is started again' }],
  },
  {
    id: 'old-audit-accepted',
    file: 'lambdas/organization-run/needs-audit.ts',
    find: 'if (age <= milliseconds(auditMaxAge)) return null;',
    replace: 'if (age <= 1_000 * milliseconds(auditMaxAge)) return null;',
    breaks: 'a deletion across the organization acts on no audit that is too old',
    killedBy: [testsOfBegin],
  },
  {
    id: 'audit-after-the-approval-accepted',
    file: 'lambdas/organization-run/recent-audit.ts',
    find: 'new Date(Math.min(Date.parse(decidedAt), begunAt.getTime()))',
    replace: 'new Date(Math.max(Date.parse(decidedAt), begunAt.getTime()))',
    breaks: 'a deletion acts on an audit that its approvers could have read',
    killedBy: [testsOfBegin],
  },
  {
    id: 'deletion-without-audit',
    file: beginRun,
    find: '  if (lacking !== null) throw',
    replace: "  if (lacking !== null && lacking.kind !== 'refusal') throw",
    breaks: 'a deletion across the organization needs an audit',
    killedBy: [testsOfBegin],
  },
  {
    id: 'run-begun-while-stopped',
    file: beginRun,
    find: "if (power.kind === 'stopped' && chain.approved === null)",
    replace: "if (power.kind === 'stopped' && power.unread === true && chain.approved === null)",
    breaks: 'no run is begun while root tasks are stopped',
    killedBy: [testsOfBegin],
  },
  {
    id: 'ended-run-begun-again',
    file: beginRun,
    find: '  if (chain.ended !== null) {\n',
    replace: "  if (chain.ended !== null && chain.ended.ending === 'refused') {\n",
    breaks: 'a run that has ended is not begun again',
    killedBy: [testsOfBegin],
  },
  {
    id: 'scheduled-audit-not-asked-for',
    file: 'lambdas/organization-run/scheduled-audit.ts',
    find: 'if (!settings.organizationRuns.scheduledAudit.enabled)',
    replace: 'if (settings.organizationRuns.scheduledAudit.enabled === undefined)',
    breaks: 'an audit by schedule is refused where the settings ask for none',
    killedBy: [testsOfBegin],
  },
  {
    id: 'order-for-an-account-outside-the-plan',
    file: accountOrder,
    find: '!plan.accounts.some(({ id }) => id === accountId)',
    replace: 'plan.accounts.length === 0',
    breaks: 'an order is believed only for an account that the recorded plan names',
    killedBy: [testsOfOrder],
  },
  {
    id: 'order-for-another-task',
    file: accountOrder,
    find: 'if (approved.task !== task) return refused(`the run was approved for ${approved.task}`);',
    replace: "if (approved.task !== task) return { kind: 'done', receipt: null };",
    breaks: 'an order for another root task than the approved one is refused and recorded',
    killedBy: [testsOfOrder],
  },
  {
    id: 'order-of-an-ended-run',
    file: accountOrder,
    find: "if (runsLast === null || runsLast.kind === 'ended') return",
    replace: 'if (runsLast === null) return',
    breaks: 'an order is not believed once its run has ended',
    killedBy: [testsOfOrder],
  },
  {
    id: 'order-on-an-approval-for-one-account',
    file: accountOrder,
    find: '  if (!isOrganization(run.target)) return',
    replace: "  if (!isOrganization(run.target) && accountId === '000000000000') return",
    breaks: 'an approval for one account authorizes no other',
    killedBy: [testsOfOrder],
  },
  {
    id: 'unread-account-counted-as-clean',
    file: 'lambdas/organization-run/account-row.ts',
    find: "return credentials === null ? 'unknown' : classOf(credentials);",
    replace: "return credentials === null ? 'clean' : classOf(credentials);",
    breaks: 'an account of which nothing was read is unknown, and never clean',
    killedBy: [{ file: 'test/lambdas/organization-run/account-row.test.ts' }],
  },
  {
    id: 'account-never-begun-left-out-of-the-report',
    file: 'lambdas/organization-run/account-rows.ts',
    find: 'if (head === null) return neverBegunRow(',
    replace:
      "if (head === null) return { ...neverBegunRow('', account, ''), class: 'clean' };\n  if (head === null) return neverBegunRow(",
    breaks: 'an account of which the trail holds nothing counts as failed',
    killedBy: [testsOfCollating],
  },
  {
    id: 'unread-before-counts-as-appeared',
    file: 'lambdas/organization-run/changes.ts',
    find: "other[credential.kind].state !== 'unknown' && ",
    replace: '',
    breaks: 'a credential that the audit before could not read has not appeared',
    killedBy: [testsOfChanges],
  },
  {
    id: 'audit-in-part-told-as-whole',
    file: runEnding,
    find: 'const inPart = counts.unknown > 0 || counts.failed > 0 || rows.some(isReadInPart);',
    replace: 'const inPart = counts.unknown > 0 && counts.failed > 0 && rows.some(isReadInPart);',
    breaks: 'an audit that could not read everything ends as one in part',
    killedBy: [testsOfEnding],
  },
  {
    id: 'failed-accounts-of-a-deletion-not-told',
    file: runEnding,
    find: 'if (left.length > 0 || counts.failed > 0 ||',
    replace: 'if (left.length > 0 || counts.failed > 1_000 ||',
    breaks: 'a deletion with failed accounts is no success',
    killedBy: [testsOfEnding],
  },
  {
    id: 'account-twice-in-a-plan',
    file: 'lambdas/organization-run/outcome.ts',
    find: 'if (ids.size !== rows.length)',
    replace: 'if (ids.size > rows.length)',
    breaks: 'every account of a run is in exactly one class',
    killedBy: [testsOfCollating, { file: 'test/lambdas/organization-run/account-row.test.ts' }],
  },
  {
    id: 'report-csv-formula',
    file: 'lambdas/organization-run/report/csv/formula-safe.ts',
    find: 'return text.replace(beginning, "\'");',
    replace: "return text.replace(beginning, '');",
    breaks: 'no cell of a report is a formula to a spreadsheet',
    killedBy: [testsOfCsv],
  },
  {
    id: 'report-html-unescaped',
    file: 'lambdas/organization-run/report/html/html.ts',
    find: '.replace(/[&<>"\'`]/g,',
    replace: '.replace(/[&>"\'`]/g,',
    breaks: 'no text of an account becomes markup of the report',
    killedBy: [{ file: 'test/lambdas/organization-run/report/html.test.ts' }],
  },
];
