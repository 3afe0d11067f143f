import type { Mutant, NamedTests } from '../mutant.ts';

const taskRole = 'lib/task-role.ts';
const tablePolicy = 'lib/table-policy.ts';
const busPolicy = 'lib/approval-bus-policy.ts';
const topics = 'lib/on-call-topics.ts';
const failureQueue = 'lib/failure-queue.ts';
const digestBucket = 'lib/digest-bucket.ts';
const reportBucket = 'lib/report-bucket.ts';
const closings = 'lib/closings.ts';

const permissions: NamedTests = { file: 'test/lib/permissions.test.ts' };
const testsOfTrail: NamedTests = { file: 'test/lib/audit-trail.test.ts' };
const testsOfBus: NamedTests = { file: 'test/lib/approval-bus.test.ts' };
const testsOfOnCall: NamedTests = { file: 'test/lib/on-call.test.ts' };
const testsOfQueues: NamedTests = { file: 'test/lib/failure-queues.test.ts' };
const testsOfDigests: NamedTests = { file: 'test/lib/digest-bucket.test.ts' };
const testsOfReports: NamedTests = { file: 'test/lib/report-bucket.test.ts' };
const testsOfClosings: NamedTests = { file: 'test/lib/closings.test.ts' };

/** Every kind of statement of the template: trust, identity policies, and the Denys of resource policies. */
export const accessStatements: readonly Mutant[] = [
  {
    id: 'task-role-without-condition',
    file: taskRole,
    find: "conditions: { ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn(Aws.PARTITION, task) } },",
    replace:
      "conditions: task.length > 0 ? {} : { ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn(Aws.PARTITION, task) } },",
    breaks: 'a task role opens sessions under its one task policy only',
    killedBy: [permissions],
  },
  {
    id: 'task-role-for-every-task-policy',
    file: taskRole,
    find: "{ ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn(Aws.PARTITION, task) } }",
    replace:
      "{ ArnLike: { 'sts:TaskPolicyArn': taskPolicyArn(Aws.PARTITION, task).replace(/[^/]+$/, '*') } }",
    breaks: 'a task role opens sessions under its own task policy and no other',
    killedBy: [permissions],
  },
  {
    id: 'deny-for-management-account-removed',
    file: 'lib/root-task-lane.ts',
    find: '[...new Set([settings.managementAccountId, ...settings.excludedAccountIds])]',
    replace: '[...new Set(settings.excludedAccountIds)]',
    breaks: 'IAM keeps every task role out of the management account',
    killedBy: [permissions],
  },
  {
    id: 'deny-for-excluded-accounts-removed',
    file: 'lib/root-task-lane.ts',
    find: '[...new Set([settings.managementAccountId, ...settings.excludedAccountIds])]',
    replace: '[settings.managementAccountId]',
    breaks: 'IAM keeps every task role out of the excluded accounts',
    killedBy: [permissions],
  },
  {
    id: 'deny-for-own-account-removed',
    file: taskRole,
    find: '[...forbiddenAccountIds, Aws.ACCOUNT_ID]',
    replace: '[...forbiddenAccountIds]',
    breaks: 'IAM keeps every task role out of the account in which rootdesk runs',
    killedBy: [permissions],
  },
  {
    id: 'deny-turned-into-allow',
    file: taskRole,
    find: 'effect: Effect.DENY,',
    replace: 'effect: Effect.ALLOW,',
    breaks: 'the statement on forbidden accounts is a Deny',
    killedBy: [permissions],
  },
  {
    id: 'task-role-without-source-identity',
    file: taskRole,
    find: "StringLike: { 'sts:SourceIdentity': '?*' },",
    replace: "StringLikeIfExists: { 'sts:SourceIdentity': '?*' },",
    breaks: 'nobody takes on a task role without naming a source identity',
    killedBy: [permissions],
  },
  {
    id: 'task-role-trusted-by-the-account',
    file: taskRole,
    find: 'new ArnPrincipal(trusted.role.roleArn).withConditions({',
    replace: "new ArnPrincipal(trusted.role.roleArn.replace(/.*/, '*')).withConditions({",
    breaks: "the lane's function alone may take on its task role",
    killedBy: [permissions],
  },
  {
    id: 'lane-calls-assume-root-itself',
    file: taskRole,
    find: "actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],",
    replace: "actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:AssumeRoot'],",
    breaks: "the lane's function may not call AssumeRoot itself",
    killedBy: [permissions],
  },
  {
    id: 'trail-updated-by-the-product',
    file: 'lib/audit-trail.ts',
    find: "'AppendToTheTrail', ['PutItem', 'GetItem', 'Query']",
    replace: "'AppendToTheTrail', ['PutItem', 'GetItem', 'Query', 'UpdateItem']",
    breaks: 'no role of the product may change an entry of the trail',
    killedBy: [permissions],
  },
  {
    id: 'logs-of-every-function',
    file: 'lib/rootdesk-function.ts',
    find: 'resources: [logGroup.logGroupArn],',
    replace: "resources: [logGroup.logGroupArn, '*'],",
    breaks: 'a function writes its own logs only',
    killedBy: [permissions],
  },
  {
    id: 'publisher-puts-anything',
    file: 'lib/approval-bus.ts',
    find: "            'events:detail-type': outcomeDetailType,\n          },\n          Null: { 'events:source': 'false', 'events:detail-type': 'false' },\n        },",
    replace: "            'events:detail-type': outcomeDetailType,\n          },\n        },",
    breaks: 'the publisher puts outcome events of its own source, and none without one',
    killedBy: [permissions],
  },
  {
    id: 'run-invokes-every-function',
    file: 'lib/organization-run.ts',
    find: "['lambda:InvokeFunction'], arnsOf([plan, visit, collate])",
    replace: "['lambda:InvokeFunction'], [...arnsOf([plan, visit, collate]), '*']",
    breaks: 'a state machine invokes its own three functions only',
    killedBy: [permissions],
  },
  {
    id: 'planner-reads-reports',
    file: reportBucket,
    find: "actions: ['s3:PutObject'], resources }));",
    replace: "actions: ['s3:PutObject', 's3:GetObject'], resources }));",
    breaks: 'what puts plans and reports may not read them',
    killedBy: [permissions],
  },
  {
    id: 'scheduler-role-passed-to-anything',
    file: closings,
    find: "        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },\n",
    replace: '',
    breaks: "the schedules' role is passed to EventBridge Scheduler only",
    killedBy: [permissions],
  },
  {
    id: 'schedules-of-every-group',
    file: closings,
    find: 'resourceName: `${this.#group.ref}/*`,',
    replace: "resourceName: '*',",
    breaks: 'an opening makes schedules in its one group only',
    killedBy: [permissions, testsOfClosings],
  },
  {
    id: 'scheduler-role-for-every-schedule',
    file: 'lib/scheduler-role.ts',
    find: "ArnEquals: { 'aws:SourceArn': group.attrArn },",
    replace: "ArnLike: { 'aws:SourceArn': group.attrArn.replace(/^.*$/, '*') },",
    breaks: 'schedules of one group alone act as its role',
    killedBy: [permissions],
  },
  {
    id: 'trail-written-by-administrators',
    file: tablePolicy,
    find: '      deny(writing.sid, writing.actions, writing.roleArns),\n',
    replace:
      '      ...(writing.sid.length > 0 ? [] : [deny(writing.sid, writing.actions, writing.roleArns)]),\n',
    breaks: 'the table itself denies writing to everybody but the product',
    killedBy: [testsOfTrail],
  },
  {
    id: 'trail-changed-by-administrators',
    file: tablePolicy,
    find: "      deny('ChangeNothing', never),\n",
    replace: "      ...(never.length > 0 ? [] : [deny('ChangeNothing', never)]),\n",
    breaks: 'the table itself denies changing and deleting an entry to everybody',
    killedBy: [testsOfTrail],
  },
  {
    id: 'trail-table-changed-by-administrators',
    file: tablePolicy,
    find: "      deny('KeepTheTableAsDeployed', tableChanges, deploymentRoleArns),\n",
    replace: "      deny('KeepTheTableAsDeployed', tableChanges.slice(0, 1), deploymentRoleArns),\n",
    breaks: 'the table itself denies its deletion and its policy to everybody but the deployment roles',
    killedBy: [testsOfTrail],
  },
  {
    id: 'trail-batch-written',
    file: 'lib/audit-trail.ts',
    find: "          'BatchWriteItem',\n",
    replace: '',
    breaks: 'nobody appends without the condition that keeps an entry in its place',
    killedBy: [testsOfTrail],
  },
  {
    id: 'bus-open-to-the-account',
    file: busPolicy,
    find: "    deny('DenyEverybodyElse', {\n      ArnNotEquals: { 'aws:PrincipalArn': [...senderRoleArns, publisherRoleArn] },\n    }),\n",
    replace:
      "    deny('DenyEverybodyElse', {\n      ArnEquals: { 'aws:PrincipalArn': [...senderRoleArns, publisherRoleArn].slice(0, 0) },\n    }),\n",
    breaks: 'nobody but the sender roles and the publisher puts events on the bus',
    killedBy: [testsOfBus],
  },
  {
    id: 'bus-takes-events-without-source',
    file: busPolicy,
    find: "    deny('DenyWithoutSource', { Null: { [source]: 'true' } }),\n",
    replace: '',
    breaks: 'an event without a source is denied',
    killedBy: [testsOfBus],
  },
  {
    id: 'bus-takes-events-without-detail-type',
    file: busPolicy,
    find: "    deny('DenyWithoutDetailType', { Null: { [detailType]: 'true' } }),\n",
    replace: '',
    breaks: 'an event without a detail-type is denied',
    killedBy: [testsOfBus],
  },
  {
    id: 'senders-put-outcomes',
    file: busPolicy,
    find: "    deny('HoldSendersToApprovals', {\n      ArnNotEquals: { 'aws:PrincipalArn': publisherRoleArn },",
    replace:
      "    deny('HoldSendersToApprovals', {\n      ArnEquals: { 'aws:PrincipalArn': publisherRoleArn },",
    breaks: 'a sender puts approvals only',
    killedBy: [testsOfBus],
  },
  {
    id: 'publisher-puts-other-sources',
    file: busPolicy,
    find: "    deny('HoldPublisherToItsSource', heldTo([publisherRoleArn], source, [outcomeSource])),\n",
    replace:
      "    deny('HoldPublisherToItsSource', heldTo([publisherRoleArn], detailType, [outcomeSource, outcomeDetailType])),\n",
    breaks: 'the publisher puts events of its own source only',
    killedBy: [testsOfBus],
  },
  {
    id: 'publisher-puts-approvals',
    file: busPolicy,
    find: 'heldTo([publisherRoleArn], detailType, [outcomeDetailType])',
    replace: 'heldTo([publisherRoleArn], detailType, [outcomeDetailType, approvalDetailType])',
    breaks: 'the publisher cannot approve',
    killedBy: [testsOfBus],
  },
  {
    id: 'senders-put-other-sources',
    file: busPolicy,
    find: 'heldTo(group.roleArns, source, group.sources)',
    replace: 'heldTo(group.roleArns, source, [...group.sources, ...senders.flatMap((one) => one.sources)])',
    breaks: 'a sender puts events of its own sources only',
    killedBy: [testsOfBus],
  },
  {
    id: 'one-wrong-entry-of-a-call-passes',
    file: busPolicy,
    find: "'ForAnyValue:StringNotEquals': { [key]: values },",
    replace: "'ForAllValues:StringNotEquals': { [key]: values },",
    breaks: 'one wrong entry refuses the whole call',
    killedBy: [testsOfBus],
  },
  {
    id: 'endings-published-by-the-account',
    file: topics,
    find: "        sid: 'DenyEverybodyElse',\n        effect: Effect.DENY,",
    replace: "        sid: 'DenyEverybodyElse',\n        effect: Effect.ALLOW,",
    breaks: 'the notify function alone publishes endings',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'alarms-published-by-people',
    file: topics,
    find: "conditions: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },",
    replace: "conditions: { Bool: { 'aws:PrincipalIsAWSService': 'true' } },",
    breaks: 'no person publishes an alarm',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'alarms-of-other-accounts',
    file: topics,
    find: "        conditions: { StringEquals: { 'aws:SourceAccount': account } },\n",
    replace: "        conditions: { StringEquals: { 'aws:SourceAccount': [account, '*'] } },\n",
    breaks: 'only alarms of this account reach on-call',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'alarms-cannot-encrypt',
    file: topics,
    find: "actions: ['kms:GenerateDataKey*', 'kms:Decrypt'],",
    replace: "actions: ['kms:Decrypt'],",
    breaks: 'CloudWatch can encrypt what it tells on-call: otherwise alarms fail in silence',
    killedBy: [testsOfOnCall],
  },
  {
    id: 'failures-made-up-by-administrators',
    file: failureQueue,
    find: "deny('AdmitOnlyFailures', ['SendMessage'],",
    replace: "deny('AdmitOnlyFailures', ['ChangeMessageVisibility'],",
    breaks: 'a failure queue takes messages only from those wired to it',
    killedBy: [testsOfQueues],
  },
  {
    id: 'queues-purged-by-administrators',
    file: failureQueue,
    find: "['SetQueueAttributes', 'AddPermission', 'RemovePermission', 'PurgeQueue', 'DeleteQueue'],",
    replace: "['SetQueueAttributes', 'AddPermission', 'RemovePermission', 'DeleteQueue'],",
    breaks: 'nobody but the deployment roles purges a failure queue',
    killedBy: [testsOfQueues],
  },
  {
    id: 'digests-written-by-administrators',
    file: digestBucket,
    find: "actions: ['PutObject', 'ReplicateObject'],",
    replace: "actions: ['ReplicateObject'],",
    breaks: 'the digest function alone writes digests',
    killedBy: [testsOfDigests],
  },
  {
    id: 'digest-lock-bypassed',
    file: digestBucket,
    find: 'actions: [...lockChanges, ...bucketChanges],',
    replace: 'actions: [...lockChanges.slice(1), ...bucketChanges],',
    breaks: 'nobody but the deployment roles bypasses the lock of a digest',
    killedBy: [testsOfDigests],
  },
  {
    id: 'kept-objects-deleted-by-administrators',
    file: 'lib/bucket-policy.ts',
    find: "  'DeleteObjectVersion',\n",
    replace: '',
    breaks: 'nobody but the deployment roles deletes what the buckets keep',
    killedBy: [testsOfDigests, testsOfReports],
  },
  {
    id: 'reports-written-by-administrators',
    file: reportBucket,
    find: "actions: ['PutObject', 'ReplicateObject'],",
    replace: "actions: ['ReplicateObject'],",
    breaks: 'the product alone writes plans and reports',
    killedBy: [testsOfReports],
  },
  {
    id: 'bucket-deny-for-nobody',
    file: 'lib/bucket-policy.ts',
    find: "conditions: { ArnNotEquals: { 'aws:PrincipalArn': roleArns } },",
    replace: "conditions: { ArnEquals: { 'aws:PrincipalArn': roleArns } },",
    breaks: 'the Denys of the buckets hit everybody but the roles they name',
    killedBy: [testsOfDigests, testsOfReports],
  },
];
