import type { QueueRecord } from '../../../lambdas/give-up/failure-message.ts';

/** A record of Lambda for an on-failure destination, in the words of its documentation. */
const lambdaRecord = {
  version: '1.0',
  timestamp: '2026-11-20T10:04:00.000Z',
  requestContext: {
    requestId: 'e4b46cbf-b738-xmpl-8880-a18cdf61200e',
    functionArn: 'arn:aws:lambda:eu-central-1:222222222222:function:unlock:$LATEST',
    condition: 'RetriesExhausted',
    approximateInvokeCount: 3,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  responsePayload: { errorType: 'TimeoutError', errorMessage: 'no answer', trace: ['at x'] },
};

/** What lies in a failure queue when every try of a function has failed. */
export const fromLambda = (event: unknown, changes: Record<string, unknown> = {}): QueueRecord => ({
  body: JSON.stringify({ ...lambdaRecord, requestPayload: event, ...changes }),
  messageAttributes: {},
});

const text = (stringValue: string) => ({ stringValue, dataType: 'String' });

/** What lies there when EventBridge could not hand an event to the function. */
export const fromEventBridge = (event: unknown, attributes: Record<string, string> = {}): QueueRecord => ({
  body: JSON.stringify(event),
  messageAttributes: Object.fromEntries(
    Object.entries({
      RULE_ARN: 'arn:aws:events:eu-central-1:222222222222:rule/rootdesk/unlock',
      TARGET_ARN: 'arn:aws:lambda:eu-central-1:222222222222:function:unlock',
      ...attributes,
    }).map(([name, value]) => [name, text(value)]),
  ),
});
