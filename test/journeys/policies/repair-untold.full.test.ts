import { holderOf } from './repair-desk.ts';
import { policyTold } from './repair-untold.ts';
import * as story from './story-policies.ts';

const holder = holderOf('s3', 1);
const policy = story.policyOf(...story.good(holder), story.onlyThePipeline(holder));
const told = (message: string, ending: string) => ({
  logs: [],
  notifications: [{ topic: 't', subject: null, message }],
  outcomes: [{ detail: { ending } }] as never,
});

describe('the scanner finds what is told of a policy', () => {
  it.each([
    ['a principal', 'it spares arn:aws:iam::156041421443:role/pipeline'],
    ['a principal without its account', 'it spares role/pipeline'],
    ['a condition key', 'unless s3:x-amz-acl says so'],
    ['an operator', 'by ArnNotEquals'],
    ['a value', 'as public-read'],
    ['an action', 'it denies s3:PutObjectAcl'],
    ['a resource', `on ${holder.arn}/public/*`],
    ['text within text', JSON.stringify({ body: JSON.stringify(policy) })],
  ])('%s', (_, message) => {
    expect(policyTold(told(message, 'succeeded'), policy, holder.arn)).not.toEqual([]);
  });

  it('a Sid only in a rehearsal', () => {
    const message = 'Statement[5] (OnlyThePipeline) locks everybody out of s3:PutBucketPolicy';
    expect(policyTold(told(message, 'succeeded'), policy, holder.arn)).toEqual([]);
    expect(policyTold(told(message, 'rehearsed'), policy, holder.arn)).toEqual(['OnlyThePipeline']);
  });
});
