import type { Backstage, Operation } from '../../operation.ts';
import type { JsonWire } from '../../wire/json.ts';
import { getQueueUrl, listQueues } from './find-queues.ts';
import { getQueueAttributes, setQueueAttributes } from './queue-attributes.ts';

/** What the root task on queues needs: to find a queue, and to read and set its policy. */
export function memberQueueOperations(
  backstage: Backstage,
  wire: JsonWire,
): Readonly<Record<string, Operation>> {
  return {
    GetQueueAttributes: getQueueAttributes(backstage, wire),
    GetQueueUrl: getQueueUrl(backstage, wire),
    ListQueues: listQueues(backstage, wire),
    SetQueueAttributes: setQueueAttributes(backstage, wire),
  };
}
