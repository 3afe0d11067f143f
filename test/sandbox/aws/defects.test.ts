import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import * as f from './fixture.ts';

let world: f.World | undefined;
let logged: jest.SpyInstance;
beforeEach(() => {
  logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(async () => {
  logged.mockRestore();
  await world?.aws.close();
});

const get = new GetItemCommand({ TableName: 'locks', Key: { id: { S: 'a' } } });

async function startWithStatement(statement: Readonly<Record<string, unknown>>): Promise<f.World> {
  const document = f.policy(statement);
  const roles = f.deployment.roles.map((role) => ({ ...role, policies: [{ name: 'inline', document }] }));
  world = await f.startWorld({ deployment: { ...f.deployment, roles } });
  return world;
}

describe('what the sandbox cannot decide is neither allowed nor denied', () => {
  it.each<[string, object, RegExp]>([
    [
      'a condition key of the stack that it does not fill',
      { Condition: { StringEquals: { 'dynamodb:Select': 'ALL_ATTRIBUTES' } } },
      /does not model the condition key dynamodb:Select/,
    ],
    ['a policy that is none', { Effect: 'Maybe' }, /cannot decide/],
  ])('%s', async (_, more, message) => {
    const here = await startWithStatement({ ...f.allow('dynamodb:*', '*'), ...more });
    await expect(new DynamoDBClient(here.asRole(f.functionRole)).send(get)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 500 },
      message: expect.stringMatching(message),
    });
    expect(here.aws.calls.at(-1)).toMatchObject({ allowed: false, error: 'InternalFailure' });
    expect(logged).toHaveBeenCalled();
  });

  it('a bucket policy in the state that is none', async () => {
    world = await f.startWorld();
    const bucket = world.organization.accounts[0]?.buckets[0];
    if (bucket) bucket.policy = 'Deny everything';
    const question = {
      principalArn: f.memberAdmin,
      action: 's3:GetBucketPolicy',
      resource: 'arn:aws:s3:::project-prod-1',
    };
    await expect(world.aws.decide(question)).rejects.toThrow(/policy of bucket project-prod-1 is not JSON/);
  });

  it('a table that the engine refuses', async () => {
    const [table] = f.deployment.tables;
    const tables = table ? [{ ...table, createTable: {} }] : [];
    await expect(f.startWorld({ deployment: { ...f.deployment, tables } })).rejects.toThrow(
      /table trail cannot be created/,
    );
  });
});
