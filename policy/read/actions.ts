import type { Service } from '../language.ts';
import { quoted } from './place.ts';

/** What SQS has as a call and does not take in a policy, in lower case. Source: its answer, "Value SQS:CreateQueue for parameter ActionName is invalid". */
const noQueueAction = /^(?:createqueue|listqueues|[a-z]+batch)$/;

/** What is wrong with a text as Action or NotAction; null where AWS takes it. `service` is null where it is not known. */
export function actionFault(action: string, service: Service | null): string | null {
  if (action === '*') return null;
  const [, prefix, name] = /^([^:]*):(.*)$/s.exec(action) ?? [];
  const own = service === null ? ['s3', 'sqs'] : [service];
  const example = service === 'sqs' ? '"sqs:SendMessage"' : '"s3:GetObject"';
  if (prefix === undefined || name === undefined)
    return `${quoted(action)} is no action: expected one as ${example}, or "*"`;
  if (!own.includes(prefix.toLowerCase()))
    return `${quoted(action)} is no action of ${wordFor(service)}: expected one as ${example}, or "*"`;
  if (!/^[A-Za-z0-9*?]+$/.test(name))
    return `${quoted(action)} is no action: expected letters, "*" and "?" after the colon, as in ${example}`;
  if (prefix.toLowerCase() === 'sqs' && noQueueAction.test(name.toLowerCase()))
    return `${quoted(action)} is no action that a queue's policy can name: ${queueRemedy(name)}`;
  return null;
}

/** A service's name for people. */
export function wordFor(service: Service | null): string {
  switch (service) {
    case 's3':
      return 'S3';
    case 'sqs':
      return 'SQS';
    case null:
      return 'S3 or SQS';
    default:
      return service satisfies never;
  }
}

/** Source: SQS Developer Guide, "Amazon SQS API permissions": the action for one message covers its batches. */
function queueRemedy(name: string): string {
  return /batch$/i.test(name)
    ? `"sqs:${name.slice(0, -'Batch'.length)}" covers it`
    : 'it belongs into a policy of IAM, remove it here';
}
