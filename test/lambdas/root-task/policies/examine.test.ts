import { diagnosisRecord } from '../../../../contract/diagnosis.ts';
import { queueTarget } from '../../../../contract/target.ts';
import { policyStateOf } from '../../../../lambdas/resource-policy.ts';
import { examine } from '../../../../lambdas/root-task/policies/examine.ts';
import { documentOf, harmlessPolicy, lockingPolicy, pipelineArn } from '../../given/bucket.ts';
import { GivenLane } from '../../given/lane.ts';
import { givenRequest } from '../../given/request.ts';

const bucket = givenRequest().target;
const queue = queueTarget.parse({ queueArn: 'arn:aws:sqs:eu-west-1:156041421443:orders' });
const { lane } = new GivenLane();

describe('examining a policy', () => {
  it('says whom it locks out, by which statement, and what a repair puts', () => {
    const { diagnosis, repaired } = examine(lockingPolicy, bucket, lane);
    expect(diagnosis).toMatchObject({
      verdict: 'locks-some',
      needsRoot: 'perhaps',
      without: [pipelineArn],
      policySha256: policyStateOf(lockingPolicy).sha256,
      repair: { possible: true, statements: [{ index: 0, sid: 'PipelineOnly' }] },
    });
    expect(diagnosis.actions['s3:PutBucketPolicy']?.spared).toEqual([pipelineArn]);
    if (repaired?.kind !== 'repair') throw new Error('the policy can be repaired');
    expect(diagnosis.repair).toMatchObject({ sha256: policyStateOf(repaired.text).sha256 });
    expect(examine(repaired.text, bucket, lane).diagnosis.needsRoot).toBe('no');
  });

  it('knows the bucket that it is about: what denies another locks nobody out of this one', () => {
    const other = lockingPolicy.replaceAll('project-prod-1', 'project-prod-2');
    expect(examine(other, bucket, lane).diagnosis.verdict).toBe('no-lockout');
  });

  it('reads a queue by its own actions', () => {
    const everybody = { Effect: 'Deny', Principal: '*', Action: 'SQS:*', Resource: queue.queueArn };
    const { diagnosis } = examine(documentOf(everybody), queue, lane);
    expect(diagnosis).toMatchObject({ verdict: 'locks-everyone', needsRoot: 'yes' });
    expect(Object.keys(diagnosis.actions)).toContain('sqs:SetQueueAttributes');
  });

  it.each([
    ['that locks nobody out', harmlessPolicy, { verdict: 'no-lockout', repair: null }],
    ['that is malformed', documentOf({ Effect: 'Deny' }), { verdict: 'malformed', repair: null }],
    [
      'of which a repair would leave nothing',
      documentOf({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutBucketPolicy',
        Resource: 'arn:aws:s3:::project-prod-1',
      }),
      { repair: { possible: false } },
    ],
  ])('is whole for one %s', (_, text, expected) => {
    const { diagnosis } = examine(text, bucket, lane);
    expect(diagnosisRecord.parse(diagnosis)).toEqual(diagnosis);
    expect(diagnosis).toMatchObject(expected);
  });
});

describe('a policy that is written to be hard', () => {
  const long = (name: string, count: number, length: number) =>
    Array.from(
      { length: count },
      (_, n) => `arn:aws:iam::156041421443:role/${name}${n}${'x'.repeat(length)}`,
    );
  const denying = (Condition: object) => ({
    Sid: 'S'.repeat(3000),
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: 'arn:aws:s3:::project-prod-1',
    Condition,
  });

  it.each([
    ['names many', denying({ ArnNotEquals: { 'aws:PrincipalArn': long('r', 200, 40) } })],
    ['names at length', denying({ StringNotLike: { 'aws:PrincipalArn': long('r', 8, 1800) } })],
    ['asks for much', denying({ StringNotEquals: { 'aws:PrincipalTag/a': long('r', 200, 40) } })],
    ['is wrong in many places', { Effect: 'Deny', Principal: { AWS: long(' ', 200, 40) } }],
  ])('has a diagnosis that fits into the trail where it %s', (_, statement) => {
    const { diagnosis } = examine(documentOf(statement), bucket, lane);
    expect(diagnosisRecord.parse(diagnosis)).toEqual(diagnosis);
    // An item of DynamoDB has 400 KB, and the ending has the policy itself beside this.
    expect(Buffer.byteLength(JSON.stringify(diagnosis))).toBeLessThan(200_000);
  });

  it('says how many more there are', () => {
    const statement = denying({ ArnNotEquals: { 'aws:PrincipalArn': long('r', 200, 40) } });
    const { diagnosis } = examine(documentOf(statement), bucket, lane);
    expect(diagnosis.actions['s3:GetBucketPolicy']?.spared.at(-1)).toBe('and 180 more');
  });

  it('is undecided where reading it fails, so that it can be unlocked all the same', () => {
    const failing = {
      now: () => Object.assign(new Date(), { getTime: () => Math.floor(Number(BigInt('x'))) }),
    };
    const statement = denying({ NumericLessThan: { 'aws:EpochTime': 1 } });
    const clock = { ...lane.clock, ...failing };
    const { diagnosis, repaired } = examine(documentOf(statement), bucket, { ...lane, clock });
    expect(diagnosis).toMatchObject({
      verdict: 'depends',
      needsRoot: 'perhaps',
      repair: { possible: false },
    });
    expect(repaired?.kind).toBe('none-safe');
  });
});
