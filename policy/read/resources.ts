import type { Service } from '../language.ts';
import { wordFor } from './actions.ts';
import { quoted } from './place.ts';

const examples = {
  s3: '"arn:aws:s3:::orders" or "arn:aws:s3:::orders/*"',
  sqs: '"arn:aws:sqs:eu-west-1:156041421443:orders"',
};

/** The name of a bucket or queue, as a pattern. What comes behind a slash (keys of objects) may be anything. */
const named = /^[\w.*?-]+(?:\/.*)?$/s;

/**
 * What is wrong with a text as Resource or NotResource; null where it can be read. A template's `${...}` may stand for
 * anything, a variable of the policy language looks the same, and neither is a fault.
 */
export function resourceFault(resource: string, service: Service | null): string | null {
  if (resource === '*' || /\$\{[^}]+\}/.test(resource)) return null;
  const example = `expected an ARN as ${service === null ? examples.s3 : examples[service]}, or "*"`;
  const found = quoted(resource);
  if (resource.startsWith('$')) return `${found} was not filled in: ${example}`;
  const [arn, partition, of, region, account, ...rest] = resource.split(':');
  const name = rest.join(':');
  if (
    arn !== 'arn' ||
    partition === undefined ||
    region === undefined ||
    account === undefined ||
    rest.length === 0
  )
    return `${found} is no ARN: ${example}`;
  if (!(service === null ? ['s3', 'sqs'] : [service]).some((own) => own === of))
    return `${found} is no resource of ${wordFor(service)}: ${example}`;
  if (!/^[a-z*?][\w*?-]*$/.test(partition) || !/^[a-z0-9*?-]*$/.test(region) || !/^[0-9*?]*$/.test(account))
    return `${found} has a partition, Region or account that is none: ${example}`;
  if (!named.test(name)) return `${found} has a name that is none, or that was not filled in: ${example}`;
  return null;
}
