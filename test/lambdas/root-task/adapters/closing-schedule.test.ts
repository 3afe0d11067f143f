import { ConflictException, SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  ClosingSchedule,
  OtherScheduleError,
  scheduleNameOf,
} from '../../../../lambdas/root-task/adapters/closing-schedule.ts';
import { answering, awsError } from '../../given/sent.ts';

const requestId = 'jira/sec-1/allow-root-password-recovery/156041421443/2026-11-20T09:58:00.000Z';
const closesAt = '2026-11-20T14:00:00.000Z';
const expression = 'at(2026-11-20T14:00:00)';
const order = JSON.stringify({ closes: requestId });
const schedule = new ClosingSchedule('eu-central-1', {
  CLOSING_FUNCTION_ARN: 'arn:aws:lambda:eu-central-1:222222222222:function:close',
  CLOSING_SCHEDULE_GROUP: 'closings',
  CLOSING_SCHEDULE_ROLE_ARN: 'arn:aws:iam::222222222222:role/scheduler',
  CLOSING_DEAD_LETTER_QUEUE_ARN: 'arn:aws:sqs:eu-central-1:222222222222:close-failures',
});

afterEach(() => jest.restoreAllMocks());

/** A scheduler that has a schedule of this name already. */
const thereIs = (there: object) =>
  answering(SchedulerClient, (command) => {
    if (command === 'GetScheduleCommand') return there;
    throw new ConflictException({ Message: 'exists', message: 'exists', $metadata: {} });
  });

describe('the closing of an opening', () => {
  it('is scheduled once, to the second, with nothing but the name of the opening', async () => {
    const sent = answering(SchedulerClient, () => ({}));
    await schedule.closeAt(requestId, closesAt);
    expect(sent.map(({ command, input, region }) => ({ command, input, region }))).toEqual([
      {
        command: 'CreateScheduleCommand',
        region: 'eu-central-1',
        input: {
          Name: scheduleNameOf(requestId),
          GroupName: 'closings',
          Description: expect.any(String),
          ScheduleExpression: expression,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: 'arn:aws:lambda:eu-central-1:222222222222:function:close',
            RoleArn: 'arn:aws:iam::222222222222:role/scheduler',
            Input: order,
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
            DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-central-1:222222222222:close-failures' },
          },
        },
      },
    ]);
  });

  it('has a name of its own, in the form that the scheduler takes', () => {
    expect(scheduleNameOf(requestId)).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/);
    expect(scheduleNameOf(`${requestId}x`)).not.toBe(scheduleNameOf(requestId));
  });

  it('is the one that an earlier attempt scheduled, where that says the same', async () => {
    const sent = thereIs({ ScheduleExpression: expression, Target: { Input: order } });
    await schedule.closeAt(requestId, closesAt);
    expect(sent.map(({ command }) => command)).toEqual(['CreateScheduleCommand', 'GetScheduleCommand']);
    expect(sent[1]?.input).toEqual({ Name: scheduleNameOf(requestId), GroupName: 'closings' });
  });

  it.each([
    ['at another time', { ScheduleExpression: 'at(2030-01-01T00:00:00)', Target: { Input: order } }],
    ['of another opening', { ScheduleExpression: expression, Target: { Input: '{"closes":"x"}' } }],
    ['of nothing', { ScheduleExpression: expression }],
  ])('is not one %s, though it has the name', async (_, there) => {
    thereIs(there);
    await expect(schedule.closeAt(requestId, closesAt)).rejects.toThrow(OtherScheduleError);
  });

  it('is not taken for scheduled where the scheduler fails', async () => {
    answering(SchedulerClient, () => {
      throw awsError('ThrottlingException');
    });
    await expect(schedule.closeAt(requestId, closesAt)).rejects.toThrow('ThrottlingException');
  });
});
