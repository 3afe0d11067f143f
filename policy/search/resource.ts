import type { Policy } from '../language.ts';

/** Which bucket or queue a policy is taken to be of. */
export interface Resource {
  readonly arn: string;
  readonly partition: string;
  readonly region: string | null;
}

/**
 * The bucket or queue that a policy is of: the one that is given, or else the one that its own statements name. AWS
 * takes a policy only if all its resources are of one bucket or queue, so the first that names it is enough; what has
 * wildcards or unrendered references in its place may stand for anything.
 */
export function resourceOf(policy: Policy, accountId: string, given: string | null): Resource {
  const arn = given ?? namedIn(policy) ?? anyArn(policy, accountId);
  const [, partition = 'aws', , region = ''] = arn.split(':');
  return { arn, partition, region: region === '' ? null : region };
}

function namedIn({ service, statements }: Policy): string | null {
  const whole =
    service === 's3'
      ? /^(arn:[a-z-]+:s3:::[A-Za-z0-9._-]+)(?:\/.*)?$/
      : /^(arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+)$/;
  for (const { resources } of statements)
    for (const pattern of resources.patterns) {
      const arn = whole.exec(pattern)?.[1];
      if (arn !== undefined) return arn;
    }
  return null;
}

/** Of what is named by wildcards only: an ARN that they match, as far as that can be told from their letters. */
function anyArn({ service, statements }: Policy, accountId: string): string {
  const start = service === 's3' ? /^arn:[a-z-]+:s3:::/ : /^arn:[a-z-]+:sqs:/;
  for (const { resources } of statements)
    for (const pattern of resources.patterns) {
      if (!start.test(pattern)) continue;
      const filled = service === 's3' ? pattern.replace(/\/.*$/, '') : pattern;
      const parts = filled.split(':').map((part) => part.replaceAll(/\$\{[^}]*\}|[*?]/g, 'x'));
      if (service === 's3') return parts.join(':');
      const [arn = 'arn', partition = 'aws', sqs = 'sqs', region = '', account = '', ...name] = parts;
      return [
        arn,
        partition,
        sqs,
        region === 'x' ? 'us-east-1' : region,
        account === 'x' ? accountId : account,
        ...name,
      ].join(':');
    }
  return service === 's3' ? 'arn:aws:s3:::x' : `arn:aws:sqs:us-east-1:${accountId}:x`;
}
