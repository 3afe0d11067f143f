import type { Aws } from '../parts.ts';
import type { Backstage } from './operation.ts';
import { findBucket } from './services/s3/buckets.ts';
import { findQueueByArn } from './services/sqs/queues.ts';

/** The owner's own hand on a bucket or queue: no call, no permission. */
export function createSetPolicy(backstage: Backstage): Aws['setPolicy'] {
  const { policies } = backstage;
  return (resourceArn, policy) => {
    const [, , service, , , name = ''] = resourceArn.split(':');
    const bucket = service === 's3' ? findBucket(backstage, name)?.bucket : undefined;
    if (bucket !== undefined) return policies.change('s3', bucket, policy);
    const queue = service === 'sqs' ? findQueueByArn(backstage, resourceArn)?.held : undefined;
    if (queue) return policies.change('sqs', queue, policy);
    throw new RangeError(`no bucket or queue ${resourceArn} in the organization or the stack`);
  };
}
