import type { DeployedFunction, PolicyDocument } from '../parts.ts';
import { type Backstage, plainResource, type Resource } from './operation.ts';
import { bucketResource, findBucket } from './services/s3/buckets.ts';
import { findQueueByArn, queueResource } from './services/sqs/queues.ts';

/** A resource by its ARN, with the policy that it has now. What neither stack nor organization knows has none. */
export function resourceOf(backstage: Backstage, arn: string, callerAccountId: string): Resource {
  const { deployment } = backstage;
  const [, , service = '', , accountId = '', name = ''] = arn.split(':');
  if (service === 's3') {
    const found = findBucket(backstage, name.split('/')[0] ?? '');
    return found === undefined ? plainResource(arn, callerAccountId) : bucketResource(backstage, found, arn);
  }
  const queue = service === 'sqs' ? findQueueByArn(backstage, arn) : undefined;
  if (queue !== undefined) return queueResource(queue);
  return { ...plainResource(arn, accountId || callerAccountId), policy: policyInStack(deployment, arn) };
}

function policyInStack(deployment: Backstage['deployment'], arn: string): PolicyDocument | null {
  const tableArn = arn.split('/index/')[0];
  const role = deployment.roles.find((one) => one.arn === arn);
  const fn = deployment.functions.find((one) => one.arn === arn);
  return (
    role?.trustPolicy ??
    (fn && functionPolicy(fn)) ??
    deployment.tables.find((one) => one.arn === tableArn)?.resourcePolicy ??
    [...deployment.buses, ...deployment.topics, ...deployment.keys].find((one) => one.arn === arn)?.policy ??
    null
  );
}

/** Lambda's permissions, as the policy that they make up. */
function functionPolicy(fn: DeployedFunction): PolicyDocument | null {
  if (fn.permissions.length === 0) return null;
  const statements = fn.permissions.map(({ principal, action, sourceArn }) => ({
    Effect: 'Allow',
    Principal: /^[a-z0-9.-]+\.amazonaws\.com$/.test(principal) ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: fn.arn,
    ...(sourceArn !== null && { Condition: { ArnLike: { 'aws:SourceArn': sourceArn } } }),
  }));
  return { Version: '2012-10-17', Statement: statements };
}
