import { queue, type RuleCases, withoutField, withoutSetting } from './cases.ts';

const brokenArn = () => ({ ticket: { target: { queueArn: 'orders' } } });
const rolesIn = (partition: string) => ({
  'ticketSources.0.senderRoleArns': [`arn:${partition}:iam::333333333333:role/ticketing`],
});
const inAccount = (account: string) => queue(`arn:aws:sqs:eu-west-1:${account}:orders`);

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
    allowed: { 'a member account': {}, "a member account's queue": { event: queue() } },
    refused: {
      'the management account': {
        event: { 'detail.target.accountId': '111111111111' },
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
    allowed: { 'another is excluded': { settings: { excludedAccountIds: ['999999999999'] } } },
    refused: {
      'an excluded account': {
        settings: { excludedAccountIds: ['999999999999', '156041421443'] },
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
