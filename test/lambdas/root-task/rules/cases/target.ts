import {
  account,
  bothApprove,
  organization,
  queue,
  type RuleCases,
  withoutField,
  withoutSetting,
} from './cases.ts';

const brokenArn = () => ({ ticket: { target: { queueArn: 'orders' } } });
const rolesIn = (partition: string) => ({
  'ticketSources.0.senderRoleArns': [`arn:${partition}:iam::333333333333:role/ticketing`],
});
const inAccount = (id: string) => queue(`arn:aws:sqs:eu-west-1:${id}:orders`);
const rootOf = (accountId: string) => account('audit-root-credentials', { 'detail.target': { accountId } });
const opening = (removeAfter?: string) =>
  account('allow-root-password-recovery', { ...bothApprove, 'detail.removeAfter': removeAfter });
const atMost = (maximumRemoveAfter: string) => ({
  tasks: { 'allow-root-password-recovery': { maximumRemoveAfter } },
});

export const targetCases = {
  'in the partition of this organization': {
    allowed: {
      'a queue of this partition': { event: queue() },
      'a queue in China, of an organization in China': {
        event: queue('arn:aws-cn:sqs:cn-north-1:156041421443:orders'),
        settings: rolesIn('aws-cn'),
      },
      'a bucket, which has no partition': { settings: rolesIn('aws-us-gov') },
    },
    refused: {
      'a queue in China': {
        event: queue('arn:aws-cn:sqs:cn-north-1:156041421443:orders'),
        codes: ['other-partition'],
        at: ['detail.target.queueArn'],
      },
      'a queue of the commercial partition, of an organization in GovCloud': {
        event: queue('arn:aws:sqs:us-east-1:156041421443:orders'),
        settings: rolesIn('aws-us-gov'),
        codes: ['other-partition'],
        at: ['detail.target.queueArn'],
      },
    },
    undecidable: {
      'an ARN that is none': brokenArn,
      'no role that names a partition': (facts) => ({
        settings: { ...facts.settings, ticketSources: [] },
        ticket: { target: queue()['detail.target'] },
      }),
    },
  },
  'not the management account': {
    allowed: {
      'a member account': {},
      "a member account's queue": { event: queue() },
      "a member account's root user": { event: rootOf('156041421443') },
      'the organization, of which it is left out': { event: organization('audit-root-credentials') },
    },
    refused: {
      'the management account': {
        event: { 'detail.target.accountId': '111111111111' },
        codes: ['management-account-target'],
        at: ['detail.target.accountId'],
      },
      "the management account's root user": {
        event: rootOf('111111111111'),
        codes: ['management-account-target'],
        at: ['detail.target.accountId'],
      },
      "the management account's queue": {
        event: inAccount('111111111111'),
        codes: ['management-account-target'],
        at: ['detail.target.queueArn'],
      },
    },
    undecidable: { 'no target': withoutField('target'), 'an ARN that is none': brokenArn },
  },
  'not an excluded account': {
    allowed: {
      'another is excluded': { settings: { excludedAccountIds: ['999999999999'] } },
      'the organization, of which it is left out': {
        event: organization('audit-root-credentials'),
        settings: { excludedAccountIds: ['156041421443'] },
      },
    },
    refused: {
      'an excluded account': {
        settings: { excludedAccountIds: ['999999999999', '156041421443'] },
        codes: ['excluded-account'],
        at: ['detail.target.accountId'],
      },
      "an excluded account's root user": {
        event: rootOf('999999999999'),
        settings: { excludedAccountIds: ['999999999999'] },
        codes: ['excluded-account'],
        at: ['detail.target.accountId'],
      },
      "an excluded account's queue": {
        event: inAccount('999999999999'),
        settings: { excludedAccountIds: ['999999999999'] },
        codes: ['excluded-account'],
        at: ['detail.target.queueArn'],
      },
    },
    undecidable: {
      'no list of accounts': withoutSetting('excludedAccountIds'),
      'an ARN that is none': brokenArn,
    },
  },
  'not a protected target': {
    allowed: {
      'a pattern that matches only a part': { settings: { protectedTargets: ['project', 'prod-1', '?'] } },
      'the organization, which has no name of a team': {
        event: organization('audit-root-credentials'),
        settings: { protectedTargets: ['*'] },
      },
      'a root user, though a pattern matches its account': {
        event: rootOf('156041421443'),
        settings: { protectedTargets: ['*', '156041421443'] },
      },
      'a dot is a dot': {
        event: { 'detail.target.bucketName': 'axtf' },
        settings: { protectedTargets: ['a.tf'] },
      },
    },
    refused: {
      'a pattern that matches': {
        settings: { protectedTargets: ['project-*'] },
        codes: ['protected-target'],
        at: ['detail.target'],
      },
      'a pattern in capitals': {
        settings: { protectedTargets: ['*-PROD-?'] },
        codes: ['protected-target'],
        at: ['detail.target'],
      },
      'two patterns that match': {
        settings: { protectedTargets: ['project-prod-1', '*'] },
        codes: ['protected-target', 'protected-target'],
        at: ['detail.target', 'detail.target'],
      },
      "a queue's name": {
        event: queue(),
        settings: { protectedTargets: ['ord*'] },
        codes: ['protected-target'],
        at: ['detail.target'],
      },
      "a FIFO queue's name, whose end is not one's to choose": {
        event: queue('arn:aws:sqs:eu-west-1:156041421443:acme-log-archive.fifo'),
        settings: { protectedTargets: ['*-log-archive'] },
        codes: ['protected-target'],
        at: ['detail.target'],
      },
    },
    undecidable: { 'no list of names': withoutSetting('protectedTargets') },
  },
  'an opening that closes in time': {
    allowed: {
      'in four hours, where nothing is said': { event: opening() },
      'after exactly as long as the settings allow': { event: opening('PT12H') },
      'after as long, in another spelling': { event: opening('P0DT720M') },
      'after five minutes': { event: opening('PT5M') },
      'as long as other settings allow': { event: opening('P2D'), settings: atMost('P2D') },
      'another task, whatever the settings': { settings: atMost('PT5M') },
    },
    refused: {
      'a second too long': {
        event: opening('PT12H1S'),
        codes: ['remove-after-too-long'],
        at: ['detail.removeAfter'],
      },
      'a second too long for other settings': {
        event: opening('PT1H1S'),
        settings: atMost('PT1H'),
        codes: ['remove-after-too-long'],
        at: ['detail.removeAfter'],
      },
      'by default, where the settings allow less': {
        event: opening(),
        settings: atMost('PT1H'),
        codes: ['remove-after-too-long'],
        at: ['detail.removeAfter'],
      },
    },
    undecidable: {
      'no time at all': () => ({ ticket: { task: 'allow-root-password-recovery' } }),
      'no settings of tasks': ({ settings }) => ({
        ticket: { task: 'allow-root-password-recovery', removeAfter: 'PT4H' },
        settings: { ...settings, tasks: undefined },
      }),
    },
  },
  'not a directory bucket': {
    allowed: {
      'a name that only holds the suffix': { event: { 'detail.target.bucketName': 'a--x-s3-b' } },
      'a queue of such a name': { event: queue('arn:aws:sqs:eu-west-1:156041421443:name--x-s3') },
    },
    refused: {
      'a directory bucket': {
        event: { 'detail.target.bucketName': 'name--usw2-az1--x-s3' },
        codes: ['directory-bucket'],
        at: ['detail.target.bucketName'],
      },
    },
    undecidable: { 'no target': withoutField('target') },
  },
} as const satisfies Record<string, RuleCases>;
