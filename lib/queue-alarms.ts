import { Duration } from 'aws-cdk-lib';
import { type Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** For a queue that nothing consumes: its first message wakes somebody. */
export function alarmOnFirstMessage(scope: Construct, queue: IQueue, alarmDescription: string): Alarm {
  const messages = queue.metricApproximateNumberOfMessagesVisible({
    period: Duration.minutes(1),
    statistic: Stats.MAXIMUM,
  });
  return messages.createAlarm(scope, 'Alarm', {
    alarmDescription,
    threshold: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    // SQS stops reporting a queue that has been idle for six hours: nothing reported is nothing waiting.
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** For a queue with a consumer: a message of half an hour is one that nobody takes. */
export function alarmOnWaiting(scope: Construct, queue: IQueue, alarmDescription: string): Alarm {
  const age = queue.metricApproximateAgeOfOldestMessage({
    period: Duration.minutes(5),
    statistic: Stats.MAXIMUM,
  });
  return age.createAlarm(scope, 'Alarm', {
    alarmDescription,
    threshold: Duration.minutes(30).toSeconds(),
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}
