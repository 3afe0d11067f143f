import { AwsError, notModelled } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { isRecord, type JsonWire } from '../../wire/json.ts';
import { invalidAttributeName } from './errors.ts';
import { acceptPolicy } from './policy-validation.ts';
import { addressedArn, addressedQueue, type Queue, queueResource } from './queues.ts';

const modelled = ['Policy', 'QueueArn'] as const;

/** Source: Amazon SQS API Reference, GetQueueAttributes. */
const others =
  /^(?:VisibilityTimeout|MaximumMessageSize|MessageRetentionPeriod|ApproximateNumberOfMessages(?:NotVisible|Delayed)?|CreatedTimestamp|LastModifiedTimestamp|DelaySeconds|ReceiveMessageWaitTimeSeconds|RedrivePolicy|RedriveAllowPolicy|FifoQueue|ContentBasedDeduplication|DeduplicationScope|FifoThroughputLimit|KmsMasterKeyId|KmsDataKeyReusePeriodSeconds|SqsManagedSseEnabled)$/;

/** Without names nothing is told; an attribute without a value is left out, and so is an empty list of attributes. */
export function getQueueAttributes(backstage: Backstage, wire: JsonWire): Operation {
  return {
    ...common(backstage, 'sqs:GetQueueAttributes'),
    respond(call) {
      const queue = addressedQueue(backstage, call);
      const attributes = Object.fromEntries(
        namesIn(call).flatMap((name) => {
          const value = attributeOf(queue, name);
          return value === undefined ? [] : [[name, value]];
        }),
      );
      return wire.success(Object.keys(attributes).length === 0 ? {} : { Attributes: attributes });
    },
  };
}

/** Only the policy: what else a caller would set is an error here, for the product may set nothing else. */
export function setQueueAttributes(backstage: Backstage, wire: JsonWire): Operation {
  return {
    ...common(backstage, 'sqs:SetQueueAttributes'),
    async respond(call) {
      const { held, arn } = addressedQueue(backstage, call);
      const { Attributes: given } = call.input;
      const attributes = isRecord(given) ? given : {};
      const names = Object.keys(attributes);
      if (names.length === 0 || names.some((name) => name !== 'Policy')) {
        const what = names.filter((name) => name !== 'Policy').join(', ') || 'no attribute';
        throw notModelled(`sqs:SetQueueAttributes of ${what}`);
      }
      if (held === null) throw notModelled(`a change of the stack's own queue ${arn}`);
      const policy = attributes.Policy === '' ? null : await acceptPolicy(attributes.Policy, arn);
      backstage.policies.change('sqs', held, policy);
      return wire.success({});
    },
  };
}

function common(backstage: Backstage, action: string): Pick<Operation, 'resource' | 'permissions'> {
  return {
    resource: (call) => addressedArn(backstage, call),
    permissions: (call) => [{ action, resource: queueResource(addressedQueue(backstage, call)) }],
  };
}

function namesIn({ input }: Call): (typeof modelled)[number][] {
  const names = input.AttributeNames ?? [];
  if (!Array.isArray(names)) throw new AwsError(400, 'SerializationException', 'Expected list or null');
  if (names.includes('All')) return [...modelled];
  const unknown = names.find((name) => !modelled.includes(name));
  if (unknown === undefined) return modelled.filter((name) => names.includes(name));
  if (others.test(String(unknown))) throw notModelled(`the queue attribute ${unknown}`);
  throw invalidAttributeName(String(unknown));
}

/** The policy is taken to come back as it was set, as compact JSON: no order or spelling of SQS's own is known. */
function attributeOf(queue: Queue, name: (typeof modelled)[number]): string | undefined {
  switch (name) {
    case 'Policy': {
      const policy = queue.policy();
      return policy === null ? undefined : JSON.stringify(policy);
    }
    case 'QueueArn':
      return queue.arn;
    default:
      return name satisfies never;
  }
}
