import type { EndedEntry, RefusedEntry } from '../../contract/trail-entry.ts';
import type { Answer } from '../../sandbox/scenario/answer.ts';
import type { ScenarioInput } from '../../sandbox/scenario/schema.ts';

export const account = '156041421443';
export const bucketName = 'project-prod-1';
export const now = '2026-11-20T10:00:00Z';

/** The Deny that lets only the pipeline in, and with it shuts out every administrator. */
export function lockOut(bucket = bucketName) {
  const arn = `arn:aws:s3:::${bucket}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyThePipeline',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/pipeline` } },
      },
    ],
  };
}

/** A detail as a ticket system sends it; what differs from the usual one is named. */
export function approval(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    schemaVersion: '1',
    ticket: { system: 'jira', id: 'SEC-1234', url: 'https://acme.example/browse/SEC-1234' },
    task: 'unlock-s3-bucket',
    target: { accountId: account, bucketName },
    reason: 'A pipeline-only Deny shut out every administrator',
    requestedBy: 'dev@example.com',
    approvals: [{ approver: 'lead@example.com', approvedAt: '2026-11-20T09:58:00Z' }],
    dryRun: false,
    ...changes,
  };
}

type Step = ScenarioInput['steps'][number];
type PutEvents = NonNullable<Step['putEvents']>;

/** The ticket system sends an approval. */
export function send(detail: unknown, more: Partial<PutEvents> = {}): Step {
  const entry = { Source: 'acme.tickets', DetailType: 'Root Task Approved', Detail: detail };
  return { putEvents: { as: 'ticketing', entry, ...more } };
}

/** A locked bucket in a member account, and the clock at two minutes after the approval. */
export function story(steps: Step[], more: Partial<ScenarioInput> = {}): ScenarioInput {
  return { now, organization: withBucket(lockOut()), steps, ...more };
}

/** An organization with one member account that owns the bucket. */
export function withBucket(
  policy: Record<string, unknown> | null,
  more: Partial<NonNullable<ScenarioInput['organization']>> = {},
  accountMore: Record<string, unknown> = {},
): NonNullable<ScenarioInput['organization']> {
  const buckets = [{ name: bucketName, region: 'eu-north-1', policy }];
  return { accounts: [{ id: account, name: 'project-prod', buckets, ...accountMore }], ...more };
}

/** The bucket's policy at the end. */
export function policyAtTheEnd(answer: Answer, bucket = bucketName): unknown {
  const buckets = answer.organization.accounts.flatMap((member) => member.buckets);
  return buckets.find(({ name }) => name === bucket)?.policy;
}

/** The endings in the trail, in the order in which they were written. */
export function endings(answer: Answer): (EndedEntry | RefusedEntry)[] {
  return answer.trail.filter(({ kind }) => kind === 'ended' || kind === 'refused') as unknown as (
    | EndedEntry
    | RefusedEntry
  )[];
}

/** How often an operation was carried out: calls that were refused or broken off do not count. */
export function callsOf(answer: Answer, service: string, operation: string): number {
  return answer.calls.filter(
    (call) => call.service === service && call.operation === operation && call.error === null,
  ).length;
}

/** Nobody opened a session, and root touched nothing. */
export function expectNothingOpened(answer: Answer): void {
  expect(callsOf(answer, 'sts', 'AssumeRoot')).toBe(0);
  expect(answer.calls.filter(({ principal }) => principal.endsWith(':root'))).toEqual([]);
}

/** Each ending was told to on-call and to the bus, once. */
export function expectToldOnce(answer: Answer): void {
  const told = endings(answer).length;
  expect(answer.notifications).toHaveLength(told);
  expect(answer.outcomes).toHaveLength(told);
}
