/** A bucket that only its pipeline may touch: the whole account is shut out of the bucket's policy with it. */
export const onlyThePipeline = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'OnlyThePipeline',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::orders', 'arn:aws:s3:::orders/*'],
    },
    {
      Sid: 'Public',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::orders/*',
    },
  ],
};

/** A queue to which everybody of the account gets. */
export const openQueue = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 'sqs:SendMessage',
      Resource: 'arn:aws:sqs:eu-west-1:156041421443:orders',
    },
  ],
};

/** A policy with two things wrong in it. */
export const malformed = {
  Version: '2012-10-17',
  Statement: { Effect: 'deny', Principal: ['arn:aws:iam::156041421443:root'], Action: 's3:*', Resource: '*' },
};
