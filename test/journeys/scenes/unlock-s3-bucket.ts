import { account, type Policy, pipeline, type Scene } from './scene.ts';

const region = 'eu-north-1';
const resources = (name: string) => [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`];

function denying(Sid: string, name: string, Condition: object): Policy {
  const statement = { Sid, Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: resources(name) };
  return { Version: '2012-10-17', Statement: [{ ...statement, Condition }] };
}

const onlyThePipeline = { ArnNotEquals: { 'aws:PrincipalArn': pipeline } };

/** Buckets behind a Deny that lets only the pipeline in, and with it shuts out every administrator. */
export const unlockS3BucketScene: Scene = {
  task: 'unlock-s3-bucket',
  service: 's3',
  region,
  find: 'ListBuckets',
  read: 'GetBucketPolicy',
  change: 'DeleteBucketPolicy',
  changeAction: 's3:DeleteBucketPolicy',
  noSuchTarget: 'no-such-bucket',
  nameOf: (nth) => `project-prod-${nth}`,
  target: (name, accountId = account) => ({ accountId, bucketName: name }),
  path: (name) => `${account}/${name}`,
  owning: (owned) => ({ buckets: owned.map((one) => ({ ...one, region })) }),
  lockOut: (name) => denying('OnlyThePipeline', name, onlyThePipeline),
  lockOutReworded: (name) => ({
    Statement: [
      {
        Condition: onlyThePipeline,
        Resource: resources(name).toReversed(),
        Action: ['s3:*'],
        Principal: '*',
        Effect: 'Deny',
        Sid: 'OnlyThePipeline',
      },
    ],
    Version: '2012-10-17',
  }),
  repaired: (name) => denying('TlsOnly', name, { Bool: { 'aws:SecureTransport': 'false' } }),
  ownerPuts: (name, policy) => ({ putBucketPolicy: { accountId: account, bucketName: name, policy } }),
  administratorTries: (name) => ({
    try: {
      accountId: account,
      as: 'admin',
      action: 's3:GetBucketPolicy',
      resource: `arn:aws:s3:::${name}`,
    },
  }),
  policyAtTheEnd: ({ accounts }, name) =>
    accounts.flatMap(({ buckets }) => buckets).find((bucket) => bucket.name === name)?.policy,
};
