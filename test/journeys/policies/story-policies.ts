import type { Policy } from '../scenes/scene.ts';
import type { Holder } from './repair-desk.ts';

/** The policies of the stories, as their owners wrote them. */

type Statement = Readonly<Record<string, unknown>>;

export const partner = '444444444444';
const pipeline = 'arn:aws:iam::156041421443:role/pipeline';
export const endpoint = 'vpce-0a1b2c3d4e5f60718';

export const policyOf = (...Statement: readonly Statement[]): Policy => ({
  Version: '2012-10-17',
  Statement,
});

const whole = ({ arn }: Holder) => [arn, `${arn}/*`];

/** The actions that a repair leaves to the account. */
export const bucketAdministration = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];
export const queueAdministration = [
  'sqs:SetQueueAttributes',
  'sqs:GetQueueAttributes',
  'sqs:AddPermission',
  'sqs:RemovePermission',
];

/** Meant to keep everybody but the pipeline from the objects. */
export const onlyThePipeline = (holder: Holder): Statement => ({
  Sid: 'OnlyThePipeline',
  Effect: 'Deny',
  Principal: '*',
  Action: holder.service === 's3' ? 's3:*' : 'sqs:*',
  Resource: holder.service === 's3' ? whole(holder) : holder.arn,
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': pipeline } },
});

/** The same, with policy administration left to the account. */
export function onlyThePipelineRepaired(holder: Holder): Statement {
  const { Action: _, ...rest } = onlyThePipeline(holder);
  return { ...rest, NotAction: holder.service === 's3' ? bucketAdministration : queueAdministration };
}

/** Meant to spare the pipeline; a role named in NotPrincipal does not spare its sessions. */
export const notThePipeline = (holder: Holder): Statement => ({
  Sid: 'NobodyButThePipeline',
  Effect: 'Deny',
  NotPrincipal: { AWS: pipeline },
  Action: 's3:*',
  Resource: whole(holder),
});

/** Whoever does not come through an endpoint, administrators too. */
export const onlyFromTheEndpoint = (holder: Holder): Statement => ({
  Sid: 'OnlyFromTheEndpoint',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: whole(holder),
  Condition: { StringNotEquals: { 'aws:SourceVpce': endpoint } },
});

export const worker = 'arn:aws:iam::156041421443:user/worker';

/** The key is absent from whatever a principal asks by itself: a negated operator holds then, for everybody. */
export const wrongKey = ({ arn }: Holder): Statement => ({
  Sid: 'OnlyTheWorker',
  Effect: 'Deny',
  Principal: '*',
  Action: 'SQS:*',
  Resource: arn,
  Condition: { ArnNotEquals: { 'aws:SourceArn': worker } },
});

/** Five statements that do what they are meant to. */
export const good = (holder: Holder): Statement[] => [
  {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: whole(holder),
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'EncryptedUploadsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `${holder.arn}/*`,
    Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
  },
  {
    Sid: 'ThePartner',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${partner}:root` },
    Action: 's3:*',
    Resource: whole(holder),
  },
  {
    Sid: 'TheDistribution',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: `${holder.arn}/public/*`,
    Condition: {
      StringEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::156041421443:distribution/EDFDVBD6EXAMPLE' },
    },
  },
  {
    Sid: 'NothingPublic',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:PutObject', 's3:PutObjectAcl'],
    Resource: `${holder.arn}/*`,
    Condition: { StringEquals: { 's3:x-amz-acl': ['public-read', 'public-read-write'] } },
  },
];

/** Meant to leave the bucket's configuration to the pipeline. */
export const configurationByPipeline = ({ arn }: Holder): Statement => ({
  Sid: 'ConfigurationByThePipeline',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: arn,
  Condition: { ArnNotLike: { 'aws:PrincipalArn': [pipeline, 'arn:aws:iam::*:role/pipeline-*'] } },
});

/** The same, with policy administration left to the account, and kept from everybody else whom an Allow would let in. */
export function configurationByPipelineRepaired(holder: Holder): Statement[] {
  const { Action: _, Sid, ...rest } = configurationByPipeline(holder);
  const Condition = {
    ...Object(rest.Condition),
    StringNotEquals: { 'aws:PrincipalAccount': '156041421443' },
  };
  return [
    { ...rest, Sid, NotAction: bucketAdministration },
    { ...rest, Sid: `${Sid}KeepsOutsidersOut`, Action: bucketAdministration, Condition },
  ];
}

/** It denies policy administration and nothing else: without that there is nothing left of it. */
export const administrationByNobody = ({ arn }: Holder): Statement => ({
  Sid: 'NobodyChangesThis',
  Effect: 'Deny',
  Principal: '*',
  Action: bucketAdministration,
  Resource: arn,
});

/** An operator that there is not. AWS would not have taken it, so nobody can say how it is read. */
export const misspelt = (holder: Holder): Statement => ({
  ...onlyFromTheEndpoint(holder),
  Condition: { StringNotEqual: { 'aws:SourceVpce': endpoint } },
});

/** Whoever may remove a policy corrects this one without root. */
export const neverReplaced = ({ arn }: Holder): Statement => ({
  Sid: 'NeverReplaced',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutBucketPolicy',
  Resource: arn,
});

export const neverSent = ({ arn }: Holder): Statement => ({
  Sid: 'NeverSent',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:SendMessage',
  Resource: arn,
});

/** With all that S3 words anew: members out of order, lone members of lists, several principals, an account's bare id. */
export const asPeopleWriteIt = (holder: Holder): Policy => ({
  Statement: [
    {
      Resource: [`${holder.arn}/*`],
      Action: ['s3:GetObject'],
      Principal: { AWS: ['444444444444', 'arn:aws:iam::333333333333:root', pipeline] },
      Effect: 'Allow',
      Condition: { NumericLessThan: { 's3:signatureAge': 600000 }, Bool: { 'aws:SecureTransport': true } },
      Sid: 'Readers',
    },
    onlyThePipeline(holder),
  ],
  Id: 'who-may-read',
  Version: '2012-10-17',
});
