import fc from 'fast-check';
import { readFailureMessage, UnknownMessageError } from '../../../lambdas/give-up/failure-message.ts';
import { fromEventBridge, fromLambda } from '../given/failure.ts';
import { givenEvent } from '../given/request.ts';

const event = givenEvent();

describe('a message of Lambda', () => {
  it('holds the event, and what was thrown last', () => {
    expect(readFailureMessage(fromLambda(event))).toEqual({ event, lastError: 'TimeoutError: no answer' });
  });

  it.each([
    ['an error without a type', { responsePayload: { errorMessage: 'Task timed out' } }, 'Task timed out'],
    [
      'an error without a message',
      { responsePayload: { errorType: 'Runtime.ExitError' } },
      'Runtime.ExitError',
    ],
    ['an error of no words', { responsePayload: {} }, 'RetriesExhausted'],
    ['an answer of another shape', { responsePayload: 'Task timed out' }, 'RetriesExhausted'],
    ['a message that is none', { responsePayload: { errorMessage: null } }, 'RetriesExhausted'],
    ['no answer of the function', { responsePayload: undefined }, 'RetriesExhausted'],
    ['an answer that is null', { responsePayload: null }, 'RetriesExhausted'],
    [
      'an event too old to be tried',
      {
        requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
        responsePayload: undefined,
      },
      'EventAgeExceeded',
    ],
  ])('with %s says what it can', (_, changes, lastError) => {
    expect(readFailureMessage(fromLambda(event, changes))).toEqual({ event, lastError });
  });

  it.each([null, 'text', 7, [], {}])('holds whatever was sent to the function (%j)', (sent) => {
    expect(readFailureMessage(fromLambda(sent)).event).toEqual(sent);
  });
});

describe('a message of EventBridge', () => {
  it('is the event, with the reason in its attributes', () => {
    const attributes = { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not authorized to invoke' };
    expect(readFailureMessage(fromEventBridge(event, attributes))).toEqual({
      event,
      lastError: 'NO_PERMISSIONS: not authorized to invoke',
    });
  });

  it('says so much as it can where it gives no reason', () => {
    expect(readFailureMessage(fromEventBridge(event)).lastError).toContain('could not hand the event');
  });

  it('takes no word of the event for the reason', () => {
    const boastful = { ...event, responsePayload: { errorMessage: 'all is well' }, requestPayload: {} };
    expect(readFailureMessage(fromEventBridge(boastful, { ERROR_CODE: 'THROTTLING' }))).toEqual({
      event: boastful,
      lastError: 'THROTTLING',
    });
  });
});

describe('a message of EventBridge Scheduler', () => {
  it.each([
    { scheduledAudit: true, at: '2026-11-20T06:00:00Z' },
    { closes: 'jira/sec-1/allow-root-password-recovery/156041421443/2026-11-20T09:58:00.000Z' },
  ])('is what the schedule orders: %j', (order) => {
    const { lastError, event: found } = readFailureMessage(
      fromEventBridge(order, { ERROR_CODE: 'ThrottlingException' }),
    );
    expect([found, lastError]).toEqual([order, 'ThrottlingException']);
  });
});

describe('any other message', () => {
  const lambda = JSON.parse(fromLambda(event).body);
  it.each<[string, string]>([
    ['is empty', ''],
    ['is no JSON', '{"version":'],
    ['is null', 'null'],
    ['is a list', '[]'],
    ['is of another version', JSON.stringify({ ...lambda, version: '2.0' })],
    ['has no context', JSON.stringify({ ...lambda, requestContext: undefined })],
    ['has no event', JSON.stringify({ ...lambda, requestPayload: undefined })],
    ['is a notification', JSON.stringify({ Type: 'Notification', Message: '{}' })],
    ['is an event without a detail-type', JSON.stringify({ ...event, 'detail-type': undefined })],
  ])('that %s is not known', (_, body) => {
    expect(() => readFailureMessage({ body, messageAttributes: {} })).toThrow(UnknownMessageError);
  });
});

describe('the last error', () => {
  const said = (errorMessage: string) =>
    readFailureMessage(fromLambda(event, { responsePayload: { errorMessage } })).lastError;

  it('is told on one line, without what cannot be seen', () => {
    expect(said(' one\r\n\ttwo\u2028three\u0000\u001b[31mfour\u200b\u202efive\ufeff ')).toBe(
      'one two three [31mfour five',
    );
  });

  it('is told in 500 characters at most, whole ones', () => {
    expect(said('a'.repeat(500))).toBe('a'.repeat(500));
    expect(said('🔒'.repeat(501))).toBe(`${'🔒'.repeat(499)}…`);
  });

  it('says that there was an error, where nothing of it can be told', () => {
    expect(said('\u200b\n')).toBe('RetriesExhausted');
  });

  it('is one short line whatever was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), fc.nat(3), (message, times) => {
        const line = said(message.repeat(times * 10 + 1));
        expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(line).not.toBe('');
        expect(Array.from(line).length).toBeLessThanOrEqual(500);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});
