import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { GetTopicAttributesCommand, type SNSClient } from '@aws-sdk/client-sns';
import { logger } from '../logger.ts';

/** What is said of a topic by its metric's dimension. */
export type TopicName = 'endings' | 'alarms';

/**
 * Counts who has confirmed a subscription to each topic, as the metric that an alarm stands on: SNS takes a message for
 * a topic that nobody listens to and says nothing. Throws where SNS does not answer.
 */
export async function countSubscriptions(
  sns: SNSClient,
  topics: Readonly<Record<TopicName, string>>,
): Promise<void> {
  for (const topic of ['endings', 'alarms'] as const) {
    const confirmed = await confirmedOf(sns, topics[topic]);
    emit(topic, confirmed);
    if (confirmed === 0)
      logger.error(
        `nobody has confirmed a subscription to the topic of ${topic}: nobody is told. Open the link in the e-mail "AWS Notification - Subscription Confirmation" at each address in the settings; a link that is older than two days has lapsed, then subscribe the address to ${topics[topic]} again.`,
      );
  }
}

async function confirmedOf(sns: SNSClient, topicArn: string): Promise<number> {
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
  const confirmed = Number(Attributes?.SubscriptionsConfirmed);
  if (!Number.isInteger(confirmed)) throw new Error(`SNS does not say who has confirmed ${topicArn}`);
  return confirmed;
}

/** In CloudWatch's embedded metric format, with this one dimension: Powertools would add the service's name as another. */
function emit(topic: TopicName, confirmed: number): void {
  const metrics = new Metrics({ namespace: 'rootdesk', singleMetric: true });
  metrics.clearDefaultDimensions();
  metrics.addDimension('topic', topic);
  metrics.addMetric('ConfirmedSubscriptions', MetricUnit.Count, confirmed);
}
