import * as z from 'zod';
import { closingOrder, scheduledAuditOrder } from '../../contract/orders.ts';

/** A message of a failure queue: the event that nobody could handle, and what was said last. */
export interface FailureMessage {
  readonly event: unknown;
  readonly lastError: string;
}

/** A message that is none of the three kinds; it waits in the parking queue for a person. */
export class UnknownMessageError extends Error {
  override readonly name = 'UnknownMessageError';
}

/** What Lambda sends to an on-failure destination. Source: Lambda Developer Guide, "Capturing records of asynchronous invocations". */
const lambdaRecord = z.object({
  version: z.literal('1.0'),
  requestContext: z.object({ condition: z.string(), approximateInvokeCount: z.number().optional() }),
  // Optional to zod because it may be anything; a record without it is none of Lambda's.
  requestPayload: z.unknown().refine((payload) => payload !== undefined),
  // Only told, never decided on: one of another shape must not keep its event from ending.
  responsePayload: z
    .object({ errorType: z.string().optional(), errorMessage: z.string().optional() })
    .nullish()
    .catch(null),
});

/** What EventBridge sends to a dead-letter queue: the event, and why in attributes. Source: EventBridge User Guide, "Using dead-letter queues". */
const busEvent = z.looseObject({ 'detail-type': z.string(), detail: z.unknown() });

/** What EventBridge Scheduler sends there: the input of the schedule, with the same attributes. Source: EventBridge Scheduler User Guide, "Configuring a dead-letter queue". */
const scheduledOrder = z.union([scheduledAuditOrder, closingOrder]);

export interface QueueRecord {
  readonly body: string;
  readonly messageAttributes: Readonly<Record<string, { readonly stringValue?: string | undefined }>>;
}

/** Reads a message as Lambda, EventBridge or EventBridge Scheduler writes it. Throws an UnknownMessageError for anything else. */
export function readFailureMessage({ body, messageAttributes }: QueueRecord): FailureMessage {
  const document = parsed(body);
  const record = lambdaRecord.safeParse(document);
  if (record.success) {
    const { requestContext, requestPayload, responsePayload } = record.data;
    const said = oneLine(responsePayload?.errorType, responsePayload?.errorMessage);
    return { event: requestPayload, lastError: said || oneLine(requestContext.condition) };
  }
  if (!busEvent.safeParse(document).success && !scheduledOrder.safeParse(document).success)
    throw new UnknownMessageError('the message is neither from Lambda nor from EventBridge');
  const { ERROR_CODE, ERROR_MESSAGE } = messageAttributes;
  const said = oneLine(ERROR_CODE?.stringValue, ERROR_MESSAGE?.stringValue);
  return { event: document, lastError: said || 'EventBridge could not hand the event to Lambda' };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new UnknownMessageError('the message is not JSON', { cause: error });
  }
}

const longest = 500;

/** What somebody else's code said, in a sentence of ours: on one line, nothing invisible, and no longer than needed. */
function oneLine(...said: readonly (string | undefined)[]): string {
  const visible = said.map((text = '') => text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim());
  const characters = Array.from(visible.filter((text) => text !== '').join(': '));
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('');
}
