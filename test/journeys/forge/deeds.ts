import type { World } from '../../../sandbox/world.ts';

/** Something that would forge, hide or stop something, as IAM is asked about it. */
export interface Deed {
  readonly what: string;
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** One thing of the stack, by a part of its logical id. */
function one<Thing extends { readonly logicalId: string; readonly arn: string }>(
  things: readonly Thing[],
  part: string,
): string {
  const [found, ...others] = things.filter(({ logicalId }) => logicalId.includes(part));
  if (found === undefined || others.length > 0) throw new Error(`not one thing is called ${part}`);
  return found.arn;
}

/** All that somebody might try who wants rootdesk to say or do what nobody approved. */
export function deedsIn({ deployment }: World): Deed[] {
  const {
    accountId,
    buckets,
    buses,
    functions,
    queues,
    region,
    roles,
    scheduleGroups,
    stateMachines,
    tables,
  } = deployment;
  const deed = (what: string, action: string, resource: string, context?: Deed['context']): Deed => ({
    what,
    action,
    resource,
    ...(context && { context }),
  });
  const trail = one(tables, 'AuditTrail');
  const locks = one(tables, 'DeliveryLocks');
  const announced = one(tables, 'Announced');
  const failures = one(queues, 'UnlockS3BucketFailures');
  const parking = one(queues, 'Parking');
  const notifyFailures = one(queues, 'NotifyFailures');
  const digests = one(buckets, 'Digest');
  const aDigest = `${digests}/heads/2026/11/20.json`;
  const reports = one(buckets, 'Report');
  const runs = one(stateMachines, 'DeleteRootCredentials');
  const closing = `arn:aws:scheduler:${region}:${accountId}:schedule/${scheduleGroups[0]?.name}/rd-0123456789abcdef`;
  const bus = buses[0]?.arn ?? '';
  const parameter = `arn:aws:ssm:${region}:${accountId}:parameter/rootdesk/root-tasks`;
  const approval = { 'events:source': ['acme.tickets'], 'events:detail-type': ['Root Task Approved'] };
  const outcome = { 'events:source': ['rootdesk'], 'events:detail-type': ['Root Task Ended'] };
  return [
    deed(
      'put an approval on the bus under the source of the ticket system',
      'events:PutEvents',
      bus,
      approval,
    ),
    deed('put an outcome on the bus under the source of the product', 'events:PutEvents', bus, outcome),
    ...functions.map(({ arn, logicalId }) =>
      deed(`invoke ${nameOf(logicalId)} with an event of one's own`, 'lambda:InvokeFunction', arn),
    ),
    deed('take on the task role of a lane', 'sts:AssumeRole', one(roles, 'UnlockS3BucketTaskRole'), {
      'sts:SourceIdentity': 'forged',
    }),
    deed('write an entry into the trail', 'dynamodb:PutItem', trail),
    deed('change an entry of the trail', 'dynamodb:UpdateItem', trail),
    deed('delete an entry of the trail', 'dynamodb:DeleteItem', trail),
    deed('take the policy off the trail', 'dynamodb:DeleteResourcePolicy', trail),
    deed('delete the trail', 'dynamodb:DeleteTable', trail),
    deed('take or keep a lock', 'dynamodb:PutItem', locks),
    deed("release somebody's lock", 'dynamodb:DeleteItem', locks),
    deed('say that an ending was announced', 'dynamodb:PutItem', announced),
    deed('count refusals that never came', 'dynamodb:UpdateItem', announced),
    deed("put a failure into a lane's queue", 'sqs:SendMessage', failures),
    deed("put something into an announcer's failure queue", 'sqs:SendMessage', notifyFailures),
    deed('put something into the parking queue', 'sqs:SendMessage', parking),
    deed('empty the parking queue', 'sqs:PurgeQueue', parking),
    deed('take a message out of the parking queue', 'sqs:DeleteMessage', parking),
    deed('put a digest of the trail', 's3:PutObject', aDigest),
    deed('hide a digest of the trail', 's3:DeleteObject', aDigest),
    deed('delete a digest of the trail', 's3:DeleteObjectVersion', aDigest),
    deed('delete a digest in spite of its retention', 's3:BypassGovernanceRetention', aDigest),
    deed('take the policy off the digests', 's3:DeleteBucketPolicy', digests),
    deed('start a run across the organization', 'states:StartExecution', runs),
    deed('change what a run does', 'states:UpdateStateMachine', runs),
    deed('take away the schedule that closes an opening', 'scheduler:DeleteSchedule', closing),
    deed('put off the closing of an opening', 'scheduler:UpdateSchedule', closing),
    deed('put a list of accounts or a report', 's3:PutObject', `${reports}/runs/any/report.csv`),
    deed('turn the kill switch', 'ssm:PutParameter', parameter, { 'ssm:Overwrite': 'true' }),
    deed('delete the kill switch', 'ssm:DeleteParameter', parameter),
  ];
}

/** `RootdeskUnlockS3BucketFunctionHandlerB506D` is the function of UnlockS3Bucket. */
function nameOf(logicalId: string): string {
  return logicalId.replace(/^Rootdesk/, '').replace(/(?:Function)?Handler[0-9A-F]+$/, '');
}
