import { SNSClient } from '@aws-sdk/client-sns';
import { countSubscriptions } from '../../../lambdas/announce/subscriptions.ts';
import { logger } from '../../../lambdas/logger.ts';
import { answering } from '../given/sent.ts';

const topics = { endings: 'arn:aws:sns:r:1:endings', alarms: 'arn:aws:sns:r:1:alarms' };
const sns = new SNSClient({
  region: 'eu-central-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});

let printed: string[];
beforeEach(() => {
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
  jest.spyOn(logger, 'error').mockImplementation(() => {});
});
afterEach(() => jest.restoreAllMocks());

function givenConfirmed(confirmed: Readonly<Record<string, string | undefined>>) {
  answering(SNSClient, (_, input) => {
    const arn = String(Reflect.get(input as object, 'TopicArn'));
    return { Attributes: { SubscriptionsConfirmed: confirmed[arn] } };
  });
}

const metrics = () =>
  printed.filter((line) => line.includes('_aws')).map((line): unknown => JSON.parse(line));

describe('confirmed subscriptions', () => {
  it('are a metric of each topic, with the topic as its one dimension', async () => {
    givenConfirmed({ [topics.endings]: '2', [topics.alarms]: '1' });
    await countSubscriptions(sns, topics);
    expect(metrics()).toMatchObject([
      { topic: 'endings', ConfirmedSubscriptions: 2 },
      { topic: 'alarms', ConfirmedSubscriptions: 1 },
    ]);
    for (const metric of metrics())
      expect(metric).toMatchObject({
        _aws: {
          CloudWatchMetrics: [
            {
              Namespace: 'rootdesk',
              Dimensions: [['topic']],
              Metrics: [{ Name: 'ConfirmedSubscriptions', Unit: 'Count' }],
            },
          ],
        },
      });
    expect(logger.error).not.toHaveBeenCalled();
  });

  it('of nobody are an error in the log, with what to do', async () => {
    givenConfirmed({ [topics.endings]: '1', [topics.alarms]: '0' });
    await countSubscriptions(sns, topics);
    expect(metrics()).toMatchObject([{ ConfirmedSubscriptions: 1 }, { ConfirmedSubscriptions: 0 }]);
    expect(logger.error).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledWith(expect.stringContaining(topics.alarms));
  });

  it('that SNS does not tell are no zero and no metric', async () => {
    givenConfirmed({});
    await expect(countSubscriptions(sns, topics)).rejects.toThrow('does not say');
    expect(metrics()).toEqual([]);
  });
});
