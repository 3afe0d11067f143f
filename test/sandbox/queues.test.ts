import { createClock } from '../../sandbox/clock.ts';
import { createQueues } from '../../sandbox/queues.ts';
import { givenQueue } from './fixtures/given-deployment.ts';
import { startOfStory } from './fixtures/given-surroundings.ts';

const parking = givenQueue('parking');
const failures = givenQueue('failures', { redrive: { deadLetterArn: parking.arn, maxReceiveCount: 2 } });
const senderId = 'AROAEXAMPLE';

function given() {
  const clock = createClock(startOfStory);
  const arrivals: string[] = [];
  const expired: string[] = [];
  const queues = createQueues({
    queues: [failures, parking],
    clock,
    arrived: (arn) => void arrivals.push(arn),
    expired: (what) => void expired.push(what),
  });
  return { clock, queues, arrivals, expired };
}

test('a message is hidden for the visibility timeout once it is received, and stays until it is deleted', () => {
  const { queues, clock } = given();
  const messageId = queues.send(failures.arn, { body: 'a', senderId });

  const [first] = queues.receive(failures.arn, 10);
  expect(first).toMatchObject({ messageId, body: 'a', senderId, receiveCount: 1 });
  expect(queues.receive(failures.arn, 10)).toEqual([]);

  clock.advance(30_000);
  const [second] = queues.receive(failures.arn, 10);
  expect(second).toMatchObject({ messageId, receiveCount: 2, firstReceivedAt: first?.firstReceivedAt });

  queues.delete(failures.arn, first?.receiptHandle ?? '');
  expect(queues.waiting(failures.arn)).toHaveLength(1);
  queues.delete(failures.arn, second?.receiptHandle ?? '');
  expect(queues.waiting(failures.arn)).toEqual([]);
});

test('no more messages are received than asked for', () => {
  const { queues } = given();
  for (const body of ['a', 'b', 'c']) queues.send(failures.arn, { body, senderId });

  expect(queues.receive(failures.arn, 2).map(({ body }) => body)).toEqual(['a', 'b']);
  expect(queues.receive(failures.arn, 2).map(({ body }) => body)).toEqual(['c']);
});

test('a message that was received too often goes to the dead-letter queue, and back as a new one', () => {
  const { queues, clock, arrivals } = given();
  const messageId = queues.send(failures.arn, { body: 'a', senderId });
  for (const _ of [1, 2, 3]) {
    queues.receive(failures.arn, 10);
    clock.advance(30_000);
  }

  expect(queues.waiting(failures.arn)).toEqual([]);
  expect(queues.waiting(parking.arn)).toMatchObject([
    { messageId, body: 'a', deadLetterSourceArn: failures.arn },
  ]);

  queues.send(parking.arn, { body: 'sent to the dead-letter queue itself', senderId });
  expect(queues.redrive(parking.arn)).toBe(1);
  expect(queues.waiting(parking.arn)).toHaveLength(1);
  const [again] = queues.receive(failures.arn, 10);
  expect(again).toMatchObject({ body: 'a', receiveCount: 1, deadLetterSourceArn: null });
  expect(again?.messageId).not.toBe(messageId);
  expect(arrivals).toEqual([failures.arn, parking.arn, parking.arn, failures.arn]);
});

test('a message is gone after the retention of its queue, with a word', () => {
  const { queues, clock, expired } = given();
  queues.send(failures.arn, { body: 'a', senderId });

  clock.advance(345_599_000);
  expect(queues.waiting(failures.arn)).toHaveLength(1);
  clock.advance(2000);
  expect(queues.waiting(failures.arn)).toEqual([]);
  expect(expired).toEqual(['1 messages of failures were deleted after 345600 seconds']);
});
