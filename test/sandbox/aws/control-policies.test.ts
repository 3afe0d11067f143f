import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { PolicyDocument } from '../../../sandbox/parts.ts';
import * as f from './fixture.ts';

/** Nobody invokes or changes the functions but the deployment, and whom EventBridge hands its events. */
const deploymentRole = `arn:aws:iam::${f.admin}:role/deployment`;
const leaveTheFunctionsAlone = f.policy({
  Sid: 'LeaveTheFunctionsAlone',
  ...f.deny(['lambda:InvokeFunction', 'lambda:UpdateFunctionCode'], `arn:aws:lambda:*:${f.admin}:function:*`),
  Condition: { ArnNotEquals: { 'aws:PrincipalArn': deploymentRole } },
});

let world: f.World;
async function startUnder(...policies: PolicyDocument[]): Promise<void> {
  const accounts = [f.account(f.admin, { serviceControlPolicies: policies }), f.account(f.member)];
  world = await f.startWorld({ organization: f.organization({ accounts }) });
}
afterEach(() => world.aws.close());

const invoking = (principalArn: string) =>
  world.aws.decide({ principalArn, action: 'lambda:InvokeFunction', resource: f.functionArn });

describe('a service control policy over the delegated administrator account', () => {
  it('stops its administrator, root included, and AWS says what stopped it', async () => {
    await startUnder(leaveTheFunctionsAlone);
    expect(await invoking(f.insider)).toEqual({
      allowed: false,
      reason: `User: arn:aws:sts::${f.admin}:assumed-role/administrator/sandbox is not authorized to perform: lambda:InvokeFunction on resource: ${f.functionArn} with an explicit deny in a service control policy`,
    });
    expect(await invoking(`arn:aws:iam::${f.admin}:root`)).toMatchObject({ allowed: false });
    expect(await invoking(deploymentRole)).toMatchObject({ allowed: true });
  });

  it('without one, the administrator is let in', async () => {
    await startUnder();
    expect(await invoking(f.insider)).toMatchObject({ allowed: true });
  });

  it('leaves EventBridge alone: a service of AWS is no principal of an account', async () => {
    await startUnder(f.policy(f.deny('*', '*')));
    const handing = { service: 'events.amazonaws.com', sourceArn: f.ruleArn };
    const toFunction = { action: 'lambda:InvokeFunction', resourceArn: f.functionArn };
    expect(await world.aws.decideForService({ ...handing, ...toFunction })).toMatchObject({ allowed: true });
    const toQueue = { action: 'sqs:SendMessage', resourceArn: f.queueArn };
    expect(await world.aws.decideForService({ ...handing, ...toQueue })).toMatchObject({ allowed: true });
  });

  it("holds over the stack's own roles, in every service", async () => {
    await startUnder(f.policy(f.deny(['ssm:GetParameter', 'dynamodb:Query'], '*')));
    const read = new GetParameterCommand({ Name: f.parameterName });
    await expect(new SSMClient(world.asRole(f.functionRole)).send(read)).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::${f.admin}:assumed-role/unlock-function/unlock is not authorized to perform: ssm:GetParameter on resource: ${f.parameterArn} with an explicit deny in a service control policy`,
    });
    const query = new QueryCommand({
      TableName: 'trail',
      KeyConditionExpression: 'requestId = :r',
      ExpressionAttributeValues: { ':r': { S: 'a' } },
    });
    await expect(new DynamoDBClient(world.asRole(f.functionRole)).send(query)).rejects.toThrow(
      'with an explicit deny in a service control policy',
    );
  });

  it('that allows nothing else leaves nothing else', async () => {
    await startUnder(f.policy(f.allow('s3:*', '*')));
    expect((await invoking(f.insider)).reason).toMatch(
      /because no service control policy allows the lambda:InvokeFunction action$/,
    );
  });

  it('does not reach into other accounts', async () => {
    await startUnder(f.policy(f.deny('*', '*')));
    const question = { action: 's3:ListAllMyBuckets', resource: '*' };
    expect(await world.aws.decide({ ...question, principalArn: f.memberAdmin })).toMatchObject({
      allowed: true,
    });
  });
});
