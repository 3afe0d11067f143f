import type { Deployment } from '../sandbox/parts.ts';
import { prices } from './prices.ts';
import type { Told } from './story.ts';

const kilobyte = 1024;

/** What one unlock costs, from the calls that were counted. Durations are the modelled ones: waiting is billed. */
export function costOfUnlock(
  { calls, logBytes, trail }: Told,
  deployment: Deployment,
  laneMs: number,
  emails: number,
) {
  const count = (service: string, ...operations: string[]) =>
    calls.filter((call) => call.service === service && operations.includes(call.operation)).length;
  const trailBytes = trail.reduce((sum, entry) => sum + JSON.stringify(entry).length, 0);
  const memoryOf = (source: RegExp) =>
    (deployment.functions.find(({ name }) => source.test(name))?.memoryMb ?? 256) / 1024;
  const announceMs = 500;
  // Each trail entry also writes its keys into three indexes, one unit each.
  const writes =
    Math.ceil(trailBytes / kilobyte) +
    trail.length * 3 +
    count('dynamodb', 'PutItem', 'UpdateItem', 'DeleteItem');
  const parts = {
    lambda:
      3 * prices.lambdaRequest +
      prices.lambdaGbSecond *
        ((laneMs / 1000) * memoryOf(/UnlockS3/) + 2 * (announceMs / 1000) * memoryOf(/Announcements/)),
    dynamodb:
      writes * prices.dynamodbWriteUnit + count('dynamodb', 'GetItem', 'Query') * prices.dynamodbReadUnit * 2,
    eventBridge: count('events', 'PutEvents') * prices.eventBridgeEvent,
    sns: count('sns', 'Publish') * (prices.snsPublish + emails * prices.snsEmail + 2 * prices.kmsRequest),
    logs: (logBytes / 1e9) * prices.logsGb,
  };
  return { parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0), trailBytes };
}
