import type { Mutant, NamedTests } from '../mutant.ts';

const rootSessions = 'lambdas/root-task/adapters/root-sessions.ts';
const openRootSession = 'lambdas/root-task/steps/open-root-session.ts';
const killSwitch = 'lambdas/root-task/adapters/kill-switch.ts';

const testsOfSessions: NamedTests = { file: 'test/lambdas/root-task/adapters/root-sessions.test.ts' };
const testsOfOpening: NamedTests = { file: 'test/lambdas/root-task/steps/open-root-session.test.ts' };
const testsOfSwitch: NamedTests = { file: 'test/lambdas/root-task/adapters/kill-switch.test.ts' };
const testsOfStop: NamedTests = { file: 'test/lambdas/root-task/stopped.test.ts' };

/** A root session is of one account, one task and one ticket, and opens only while root tasks may run. */
export const rootSessionMutants: readonly Mutant[] = [
  {
    id: 'source-identity-dropped',
    file: rootSessions,
    find: '          SourceIdentity: sourceIdentity,\n',
    replace: '',
    breaks: 'CloudTrail shows the ticket as the source identity of every session',
    killedBy: [testsOfSessions],
  },
  {
    id: 'session-policy-dropped',
    file: rootSessions,
    find: '          Policy: JSON.stringify(sessionPolicy),\n',
    replace: "          ...(sessionPolicy.Version === '' && { Policy: JSON.stringify(sessionPolicy) }),\n",
    breaks: 'a session of the task role reaches the one approved account only',
    killedBy: [testsOfSessions],
  },
  {
    id: 'session-policy-for-every-account',
    file: rootSessions,
    find: 'iam::${accountOf(target)}:root`',
    replace: "iam::${accountOf(target) === '000000000000' ? '' : '*'}:root`",
    breaks: 'the session policy names the approved account',
    killedBy: [testsOfSessions],
  },
  {
    id: 'session-policy-for-every-task',
    file: rootSessions,
    find: "Condition: { ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn } },",
    replace: "Condition: { ArnLike: { 'sts:TaskPolicyArn': taskPolicyArn.replace(/[^/]+$/, '*') } },",
    breaks: 'the session policy names the one task policy',
    killedBy: [testsOfSessions],
  },
  {
    id: 'root-session-of-fifteen-minutes',
    file: rootSessions,
    find: 'const rootSessionSeconds = 60;',
    replace: 'const rootSessionSeconds = 900;',
    breaks: 'a root session lasts 60 seconds',
    killedBy: [testsOfSessions],
  },
  {
    id: 'root-session-of-another-account',
    file: rootSessions,
    find: '          TargetPrincipal: accountId,\n',
    replace: "          TargetPrincipal: accountId.replace(/.$/, '0'),\n",
    breaks: 'the root session is of the approved account',
    killedBy: [testsOfSessions],
  },
  {
    id: 'source-identity-without-the-request',
    file: rootSessions,
    find: '.slice(0, 40)}.${shortHash(requestId)}`;',
    replace: '.slice(0, 40)}.${shortHash(requestId.slice(0, 0))}`;',
    breaks: 'the source identity tells two requests of one ticket apart',
    killedBy: [testsOfSessions],
  },
  {
    id: 'unreadable-switch-counts-as-running',
    file: killSwitch,
    find: "return { kind: 'stopped', why, unread: true };",
    replace: "return why === '' ? { kind: 'stopped', why, unread: true } : { kind: 'running' };",
    breaks: 'a switch that cannot be read means stopped',
    killedBy: [testsOfSwitch],
  },
  {
    id: 'unknown-switch-value-counts-as-running',
    file: killSwitch,
    find: 'if (Parameter?.Value === running)',
    replace: "if (Parameter?.Value === running || Parameter?.Value !== 'stopped')",
    breaks: 'any value of the switch but `running` means stopped',
    killedBy: [testsOfSwitch],
  },
  {
    id: 'switch-ignored-before-assume-root',
    file: openRootSession,
    find: "if (power.kind === 'stopped') return",
    replace: "if (power.kind === 'stopped' && power.unread === true) return",
    breaks: 'the switch is obeyed right before AssumeRoot',
    killedBy: [testsOfOpening, testsOfStop],
  },
  {
    id: 'switch-ignored-beside-the-lock',
    file: 'lambdas/root-task/pipeline.ts',
    find: "  if (power.kind === 'stopped') {\n",
    replace: "  if (power.kind === 'stopped' && power.unread === true) {\n",
    breaks: 'what comes while root tasks are stopped is refused and recorded',
    killedBy: [testsOfStop],
  },
  {
    id: 'unread-switch-ends-an-order',
    file: 'lambdas/root-task/steps/stopped.ts',
    find: "if (isOrdered && power.kind === 'stopped'",
    replace: "if (!isOrdered && power.kind === 'stopped'",
    breaks: 'an account of a run is tried again when the switch cannot be read',
    killedBy: [{ file: 'test/lambdas/root-task/steps/account-order.test.ts' }],
  },
  {
    id: 'management-account-not-told',
    file: openRootSession,
    find: 'if (account.managementAccountId === accountId)',
    replace: "if (account.managementAccountId === '')",
    breaks: 'a denial for the management account is told by its cause',
    killedBy: [testsOfOpening],
  },
  {
    id: 'closed-account-not-told',
    file: openRootSession,
    find: "account.state !== 'ACTIVE')",
    replace: "account.state === 'ACTIVE')",
    breaks: 'a denial for an account that is not active is told by its cause',
    killedBy: [testsOfOpening],
  },
  {
    id: 'missing-feature-not-told',
    file: openRootSession,
    find: "if (features.kind === 'enabled' && !features.features.includes(feature)) {",
    replace: "if (features.kind === 'enabled' && features.features.includes(feature)) {",
    breaks: 'a denial for want of an organization feature is told by its cause',
    killedBy: [testsOfOpening],
  },
  {
    id: 'session-denial-for-good-at-once',
    file: openRootSession,
    find: 'if (!hasLasted(claimed, lane)) throw',
    replace: 'if (hasLasted(claimed, lane)) throw',
    breaks: 'a denial of AssumeRoot that names no cause is tried again until it has lasted',
    killedBy: [testsOfOpening],
  },
  {
    id: 'denied-by-scp-not-told',
    file: 'lambdas/root-task/answers.ts',
    find: '      if (deniedByServiceControlPolicy(error))\n',
    replace: "      if (deniedByServiceControlPolicy(error) && action === '')\n",
    breaks: 'a denial by a service control policy is told as one',
    killedBy: [{ file: 'test/lambdas/root-task/tasks/unlock-s3-bucket.test.ts' }],
  },
];
