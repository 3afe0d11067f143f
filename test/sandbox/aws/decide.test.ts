import * as f from './fixture.ts';

let world: f.World;
beforeEach(async () => {
  world = await f.startWorld();
});
afterEach(() => world.aws.close());

const sessionOfAdmin = `arn:aws:sts::${f.member}:assumed-role/administrator/sandbox`;
const locked = 'arn:aws:s3:::project-prod-1';

describe('decide', () => {
  it('refuses the administrator of a locked bucket with the reason, and lets it in when the policy is gone', async () => {
    const question = { principalArn: f.memberAdmin, action: 's3:PutBucketPolicy', resource: locked };
    expect(await world.aws.decide(question)).toEqual({
      allowed: false,
      reason: `User: arn:aws:sts::${f.member}:assumed-role/administrator/sandbox is not authorized to perform: s3:PutBucketPolicy on resource: ${locked} with an explicit deny in a resource-based policy`,
    });
    const bucket = world.organization.accounts[0]?.buckets[0];
    if (bucket) bucket.policy = null;
    expect(await world.aws.decide(question)).toMatchObject({ allowed: true });
  });

  it.each([
    ['s3:GetObject', `${locked}/key`, false],
    ['s3:ListBucket', locked, false],
    ['s3:ListAllMyBuckets', '*', true],
    ['s3:ListAllMyBuckets', locked, true],
    ['s3:PutObject', 'arn:aws:s3:::project-prod-2/key', true],
    ['ec2:DescribeInstances', '*', true],
    ['sqs:SetQueueAttributes', `arn:aws:sqs:eu-west-1:${f.member}:orders`, true],
    ['sqs:SetQueueAttributes', `arn:aws:sqs:eu-west-1:${f.otherMember}:orders`, false],
  ])('%s on %s: %s', async (action, resource, allowed) => {
    expect(await world.aws.decide({ principalArn: f.memberAdmin, action, resource })).toMatchObject({
      allowed,
    });
  });

  it.each([
    ['the role', [f.memberAdmin], false],
    ['the account', [f.member], false],
    ['a session of the role', [sessionOfAdmin], true],
    ['all three', [f.member, f.memberAdmin, sessionOfAdmin], true],
  ])('spares a session that NotPrincipal names: %s', async (_, AWS, allowed) => {
    const statement = { Effect: 'Deny', NotPrincipal: { AWS }, Action: 's3:*', Resource: locked };
    world.aws.setPolicy(locked, f.policy(statement));
    const question = { principalArn: f.memberAdmin, action: 's3:ListBucket', resource: locked };
    expect(await world.aws.decide(question)).toMatchObject({ allowed });
  });

  it('lets the root user manage the bucket policy, and nothing else of the bucket', async () => {
    const root = { principalArn: `arn:aws:iam::${f.member}:root`, resource: locked };
    expect(await world.aws.decide({ ...root, action: 's3:DeleteBucketPolicy' })).toMatchObject({
      allowed: true,
    });
    expect(await world.aws.decide({ ...root, action: 's3:DeleteBucket' })).toMatchObject({ allowed: false });
  });

  it('asks service control policies first', async () => {
    world.organization.accounts[0]?.serviceControlPolicies.push(f.policy(f.deny('s3:*', '*')));
    const answer = await world.aws.decide({
      principalArn: f.memberAdmin,
      action: 's3:GetBucketPolicy',
      resource: locked,
    });
    expect(answer.reason).toMatch(/with an explicit deny in a service control policy$/);
  });

  it('holds service control policies over members, not over the management account', async () => {
    const nothing = f.policy(f.deny('*', '*'));
    for (const id of [f.management, f.admin]) {
      world.organization.accounts.push(f.account(id, { serviceControlPolicies: [nothing] }));
    }
    const list = { action: 's3:ListAllMyBuckets', resource: '*' };
    const as = (id: string) =>
      world.aws.decide({ ...list, principalArn: `arn:aws:iam::${id}:role/administrator` });
    expect(await as(f.management)).toMatchObject({ allowed: true });
    expect(await as(f.admin)).toMatchObject({ allowed: false });
    expect(await as(f.stranger)).toMatchObject({ allowed: true });
  });

  it('takes a list of allowing service control policies as the whole list', async () => {
    world.organization.accounts[0]?.serviceControlPolicies.push(f.policy(f.allow('ec2:*', '*')));
    const answer = await world.aws.decide({
      principalArn: f.memberAdmin,
      action: 's3:ListAllMyBuckets',
      resource: '*',
    });
    expect(answer.reason).toMatch(/because no service control policy allows the s3:ListAllMyBuckets action$/);
  });

  it('knows roles of the stack by their own policies', async () => {
    const asked = { action: 'sts:AssumeRole', resource: f.taskRole };
    const context = { 'sts:SourceIdentity': 'sec-1.ab' };
    expect(await world.aws.decide({ ...asked, principalArn: f.functionRole, context })).toMatchObject({
      allowed: true,
    });
    expect(await world.aws.decide({ ...asked, principalArn: f.functionRole })).toMatchObject({
      allowed: false,
    });
    expect(await world.aws.decide({ ...asked, principalArn: f.insider, context })).toMatchObject({
      allowed: false,
    });
  });

  it('takes context for what a policy asks', async () => {
    const networkOnly = { ...f.deny('s3:*', 'arn:aws:s3:::scratch'), Principal: '*' };
    const condition = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const bucket = world.organization.accounts[0]?.buckets[2];
    if (bucket) bucket.policy = f.policy({ ...networkOnly, Condition: condition });
    const question = {
      principalArn: f.memberAdmin,
      action: 's3:GetBucketPolicy',
      resource: 'arn:aws:s3:::scratch',
    };
    expect(await world.aws.decide(question)).toMatchObject({ allowed: false });
    const fromInside = { ...question, context: { 'aws:SourceIp': '203.0.113.9' } };
    expect(await world.aws.decide(fromInside)).toMatchObject({ allowed: true });
  });

  it.each([
    ['s3:NoSuchAction', locked, /s3:NoSuchAction/],
    ['nonsense', locked, /nonsense/],
    ['s3:GetObject', 'arn:aws:s3:::', /s3:GetObject/],
  ])('throws for %s on %s', async (action, resource, message) => {
    await expect(world.aws.decide({ principalArn: f.memberAdmin, action, resource })).rejects.toThrow(
      message,
    );
  });

  it('throws for a principal that is none', async () => {
    const question = { principalArn: 'admin', action: 's3:GetBucketPolicy', resource: locked };
    await expect(world.aws.decide(question)).rejects.toThrow(/expected the ARN/);
  });
});

describe('decideForService', () => {
  const events = 'events.amazonaws.com';
  it.each([
    ['the rule to the function', events, 'lambda:InvokeFunction', f.functionArn, f.ruleArn, true],
    ['another rule to the function', events, 'lambda:InvokeFunction', f.functionArn, `${f.ruleArn}2`, false],
    ['another service', 's3.amazonaws.com', 'lambda:InvokeFunction', f.functionArn, f.ruleArn, false],
    ['the rule to its queue', events, 'sqs:SendMessage', f.queueArn, f.ruleArn, true],
    ['another rule to the queue', events, 'sqs:SendMessage', f.queueArn, `${f.ruleArn}2`, false],
    [
      'a topic without a policy',
      'cloudwatch.amazonaws.com',
      'sns:Publish',
      f.topicArn,
      'arn:aws:cloudwatch:x',
      false,
    ],
  ])('%s', async (_, service, action, resourceArn, sourceArn, allowed) => {
    expect(await world.aws.decideForService({ service, action, resourceArn, sourceArn })).toMatchObject({
      allowed,
    });
  });

  it('asks the key of an encrypted topic as well', async () => {
    const cloudwatch = 'cloudwatch.amazonaws.com';
    const [topic] = f.deployment.topics;
    const [key] = f.deployment.keys;
    if (!topic || !key) throw new Error('the fixture has a topic and a key');
    const admitting = f.policy(
      { ...f.allow('sns:Publish', f.topicArn), Principal: { Service: cloudwatch } },
      {
        ...f.deny('sns:Publish', f.topicArn),
        Principal: '*',
        Condition: { Bool: { 'aws:PrincipalIsAWSService': 'false' } },
      },
    );
    const alarm = {
      service: cloudwatch,
      action: 'sns:Publish',
      resourceArn: f.topicArn,
      sourceArn: `arn:aws:cloudwatch:${f.region}:${f.admin}:alarm:a`,
    };
    const open = f.policy({
      ...f.allow(['kms:GenerateDataKey*', 'kms:Decrypt'], '*'),
      Principal: { Service: cloudwatch },
    });
    const answers = [];
    for (const keyPolicy of [key.policy, open]) {
      const topics = [{ ...topic, policy: admitting }];
      const other = await f.startWorld({
        deployment: { ...f.deployment, topics, keys: [{ ...key, policy: keyPolicy }] },
      });
      answers.push(await other.aws.decideForService(alarm));
      await other.aws.close();
    }
    expect(answers.map(({ allowed }) => allowed)).toEqual([false, true]);
    expect(answers[0]?.reason).toContain('kms:GenerateDataKey');
  });
});
