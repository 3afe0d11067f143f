import {
  ConflictException,
  CreateScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import type { RecoveryEnvironment } from '../../../contract/environment.ts';
import type { ClosingOrder } from '../../../contract/orders.ts';
import { shortHash } from '../../../contract/request-id.ts';
import { clientDefaults } from '../../aws-clients.ts';

/** Another schedule has this name: it closes at another time, so it is not the one that was asked for. */
export class OtherScheduleError extends Error {
  override readonly name = 'OtherScheduleError';
}

/** Name of the schedule that closes an opening: one opening has one. */
export function scheduleNameOf(requestId: string): string {
  return `rd-${shortHash(requestId)}`;
}

/** One-time schedules of EventBridge Scheduler, each of which has the closing lane close one opening. */
export class ClosingSchedule {
  readonly #scheduler: SchedulerClient;
  readonly #environment: RecoveryEnvironment;

  constructor(region: string, environment: RecoveryEnvironment) {
    this.#scheduler = new SchedulerClient({ ...clientDefaults, region });
    this.#environment = environment;
  }

  /**
   * Has an opening closed at a time, in whole seconds. A schedule that is there already is the one of an earlier
   * attempt; throws an OtherScheduleError where it says something else. The order holds the opening's name alone: what
   * is closed, and from when on, the trail says.
   */
  async closeAt(requestId: string, closesAt: string): Promise<void> {
    const name = scheduleNameOf(requestId);
    const {
      CLOSING_DEAD_LETTER_QUEUE_ARN,
      CLOSING_FUNCTION_ARN,
      CLOSING_SCHEDULE_GROUP,
      CLOSING_SCHEDULE_ROLE_ARN,
    } = this.#environment;
    const order: ClosingOrder = { closes: requestId };
    const expression = `at(${closesAt.slice(0, 19)})`;
    try {
      await this.#scheduler.send(
        new CreateScheduleCommand({
          Name: name,
          GroupName: CLOSING_SCHEDULE_GROUP,
          Description: 'Takes a root password away again',
          ScheduleExpression: expression,
          ScheduleExpressionTimezone: 'UTC',
          FlexibleTimeWindow: { Mode: 'OFF' },
          ActionAfterCompletion: 'DELETE',
          Target: {
            Arn: CLOSING_FUNCTION_ARN,
            RoleArn: CLOSING_SCHEDULE_ROLE_ARN,
            Input: JSON.stringify(order),
            RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
            DeadLetterConfig: { Arn: CLOSING_DEAD_LETTER_QUEUE_ARN },
          },
        }),
      );
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      const there = await this.#scheduler.send(
        new GetScheduleCommand({ Name: name, GroupName: CLOSING_SCHEDULE_GROUP }),
      );
      if (there.ScheduleExpression !== expression || there.Target?.Input !== JSON.stringify(order))
        throw new OtherScheduleError(`the schedule ${name} is there, and says ${there.ScheduleExpression}`);
    }
  }
}
