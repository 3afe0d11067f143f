import * as z from 'zod';
import { type AccountId, accountId } from './account-id.ts';
import { queueArn, readQueueArn } from './queue-arn.ts';
import { type OrganizationTask, type RootTaskName, rootTasks, type TargetKind } from './root-tasks.ts';

/** Names of before 2018 in us-east-1 may hold capitals, underscores and 255 characters; such buckets lock out too. */
const bucketName = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{2,254}$/,
    'expected the name of an S3 bucket, for example "project-prod-1"',
  );

export const bucketTarget = z.strictObject({ accountId, bucketName });
export type BucketTarget = z.infer<typeof bucketTarget>;

/** Account and Region are read from the ARN: what is said twice can differ, so it must not be said twice. */
const saidByTheArn = (what: string) =>
  z.never(`leave this out: the queue's ${what} is the one in queueArn`).optional();

export const queueTarget = z.strictObject({
  queueArn,
  accountId: saidByTheArn('account'),
  region: saidByTheArn('Region'),
});
export type QueueTarget = z.infer<typeof queueTarget>;

/** The root user of one account. */
export const accountTarget = z.strictObject({ accountId });
export type AccountTarget = z.infer<typeof accountTarget>;

/** Each kind of target in one account, by the shape an approval gives it. */
export const targetSchemas = {
  bucket: bucketTarget,
  queue: queueTarget,
  account: accountTarget,
} as const satisfies Record<TargetKind, z.ZodType>;

const organizationalUnitId = z
  .string('expected the id of an organizational unit, for example "ou-ab12-prod1234"')
  .regex(
    /^ou-[0-9a-z]{4,32}-[0-9a-z]{4,32}$/,
    'expected the id of an organizational unit, for example "ou-ab12-prod1234"',
  );

/** Source of the shape of an id: Organizations API, data type OrganizationalUnit. */
const fewerThan = (maximum: number) => `expected at most ${maximum}`;

/** The root users of all member accounts of the organization: without some, or only below some organizational units. */
export const organizationTarget = z.strictObject({
  organization: z.literal(true, 'expected true, or an accountId in its place'),
  excludedAccounts: z
    .array(accountId, 'expected a list of account ids, for example ["444444444444"]')
    .min(1, 'expected at least one account id; leave this out to exclude none')
    .max(1000, fewerThan(1000))
    .optional(),
  organizationalUnitIds: z
    .array(organizationalUnitId, 'expected a list of organizational units, for example ["ou-ab12-prod1234"]')
    .min(1, 'expected at least one organizational unit; leave this out for the whole organization')
    .max(100, fewerThan(100))
    .optional(),
});
export type OrganizationTarget = z.infer<typeof organizationTarget>;

/** Either one account or the organization: told apart by one key, so that a fault is told of the one that was meant. */
const accountOrOrganization = z.discriminatedUnion(
  'organization',
  [accountTarget.extend({ organization: z.undefined().optional() }), organizationTarget],
  {
    error: ({ code }: { readonly code?: string }) =>
      code === 'invalid_type'
        ? 'expected {"accountId": "…"} or {"organization": true}'
        : 'expected true, or an accountId in its place',
  },
);

/** The target of one kind. */
export type TargetOfKind<Kind extends TargetKind> = z.infer<(typeof targetSchemas)[Kind]>;

/** What a root session for this task works on: something in one account. */
export type TargetOf<Task extends RootTaskName> = TargetOfKind<(typeof rootTasks)[Task]['target']>;
export type OneTarget = TargetOfKind<TargetKind>;

/** What an approval may name. */
export type Target = OneTarget | OrganizationTarget;

type SchemaOf<Task extends RootTaskName> = Task extends OrganizationTask
  ? typeof accountOrOrganization
  : (typeof targetSchemas)[(typeof rootTasks)[Task]['target']];

/** The shape that the target has in an approval of a root task. */
export function targetSchemaOf<Task extends RootTaskName>(task: Task): SchemaOf<Task> {
  const { acrossOrganization, target } = rootTasks[task];
  return (acrossOrganization ? accountOrOrganization : targetSchemas[target]) as SchemaOf<Task>;
}

export function isOrganization(target: Target): target is OrganizationTarget {
  return 'organization' in target && target.organization === true;
}

/** The account in which a target lives. */
export function accountOf(target: OneTarget): AccountId {
  return 'queueArn' in target ? readQueueArn(target.queueArn).accountId : target.accountId;
}

/** The target's own name, as subjects of messages have it; for a resource, what protected-target patterns are matched with. */
export function nameOf(target: Target): string {
  if (isOrganization(target)) return 'the organization';
  if ('queueArn' in target) return readQueueArn(target.queueArn).name;
  return 'bucketName' in target ? target.bucketName : target.accountId;
}

/** The target as components of a request id, and as the key by which one target is told from another. */
export function targetPath(target: Target): string {
  return pathOf(target).map(encodeURIComponent).join('/');
}

function pathOf(target: Target): string[] {
  if (isOrganization(target)) return ['organization'];
  if ('bucketName' in target) return [target.accountId, target.bucketName];
  if (!('queueArn' in target)) return [target.accountId];
  const { accountId, name, region } = readQueueArn(target.queueArn);
  return [accountId, region, name];
}

/** The target in a sentence: "bucket project-prod-1 in account 156041421443". */
export function describeTarget(target: Target): string {
  if (isOrganization(target)) return describeOrganization(target);
  if ('bucketName' in target) return `bucket ${target.bucketName} in account ${target.accountId}`;
  if (!('queueArn' in target)) return `root user of account ${target.accountId}`;
  const { accountId, name, region } = readQueueArn(target.queueArn);
  return `queue ${name} in ${region} in account ${accountId}`;
}

function describeOrganization({ excludedAccounts, organizationalUnitIds }: OrganizationTarget): string {
  const where =
    organizationalUnitIds === undefined ? 'the organization' : `below ${organizationalUnitIds.join(', ')}`;
  const without =
    excludedAccounts === undefined
      ? ''
      : `, without ${excludedAccounts.length} ${excludedAccounts.length === 1 ? 'account' : 'accounts'}`;
  return `root users of ${organizationalUnitIds === undefined ? where : `the accounts ${where}`}${without}`;
}

/** The word for a target in sentences about it: "bucket", "queue", "account". */
export function wordFor(target: OneTarget): TargetKind {
  if ('queueArn' in target) return 'queue';
  return 'bucketName' in target ? 'bucket' : 'account';
}
