import { AssumeRoleCommand, AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { rootTaskNames, taskPolicyArn } from '../../../contract/root-tasks.ts';
import type { Credentials, DeployedRole } from '../../../sandbox/parts.ts';
import { expectToldOnce, openPlay, type Play } from '../ends-somewhere/play.ts';
import { callsOf } from '../given.ts';
import { account } from '../scenes/scene.ts';
import { everyScene } from '../scenes/scenes.ts';

/** For when the functions themselves are not trusted: the runbook takes the power away from the task roles. */
let play: Play;
beforeAll(async () => {
  play = await openPlay();
});
afterAll(() => play.close());

const stopped = {
  name: 'Stopped',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
} as const;

/** Those that the runbook's command lists. */
const taskRoles = () => play.world.deployment.roles.filter(({ name }) => name.includes('TaskRole'));

/** What PutRolePolicy and DeleteRolePolicy do, by somebody who may; IAM reads a role's policies at every call. */
function putPolicies(...policies: readonly { readonly name: string; readonly document: object }[]): void {
  for (const role of taskRoles()) {
    const inline = role.policies as { name: string; document: object }[];
    const deployed = inline.filter(({ name }) => name !== stopped.name);
    inline.splice(0, inline.length, ...deployed, ...policies);
  }
}
afterEach(() => putPolicies());

const client = (credentials: Credentials) =>
  new STSClient({
    endpoint: play.world.aws.endpoint,
    region: play.world.deployment.region,
    credentials,
    systemClockOffset: play.world.clock.now() - Date.now(),
    maxAttempts: 1,
  });

/** The function that the role trusts, with code of somebody else in it. */
function functionOf(role: DeployedRole): Credentials {
  const fn = play.world.deployment.functions.find(
    ({ environment }) => environment.TASK_ROLE_ARN === role.arn,
  );
  if (fn === undefined) throw new Error(`no function takes on ${role.name}`);
  return play.world.aws.credentialsForRole(fn.roleArn, 'evil', 'no-environment');
}

async function takeOn(role: DeployedRole): Promise<Credentials> {
  const command = new AssumeRoleCommand({
    RoleArn: role.arn,
    RoleSessionName: 'evil',
    SourceIdentity: 'evil',
  });
  const { Credentials: issued } = await client(functionOf(role)).send(command);
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
    expiresAt: issued?.Expiration?.getTime() ?? 0,
  };
}

const opening = (role: DeployedRole) => {
  const fn = play.world.deployment.functions.find(
    ({ environment }) => environment.TASK_ROLE_ARN === role.arn,
  );
  return new AssumeRootCommand({
    TargetPrincipal: account,
    TaskPolicyArn: { arn: fn?.environment.TASK_POLICY_ARN ?? '' },
    DurationSeconds: 60,
  });
};

it('there is a task role for every root task', () => {
  const policies = play.world.deployment.functions.map(({ environment }) => environment.TASK_POLICY_ARN);
  for (const task of rootTaskNames) expect(policies).toContain(taskPolicyArn('aws', task));
  expect(taskRoles()).toHaveLength(rootTaskNames.length);
});

it('a Deny on the task roles stops code that nobody trusts, in sessions of before as well', async () => {
  for (const role of taskRoles()) {
    const session = await takeOn(role);
    await client(session).send(opening(role));

    putPolicies(stopped);
    await expect(client(session).send(opening(role))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(client(await takeOn(role)).send(opening(role))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    putPolicies();
  }
});

it.each(everyScene)(
  'the honest run ends as denied ($task), and the next ticket goes through once the Deny is gone',
  async (scene) => {
    const ticket = play.next(scene);
    const before = callsOf(await play.answer(), 'sts', 'AssumeRoot');
    putPolicies(stopped);
    await play.play(ticket.send());

    expect(await expectToldOnce(play, ticket)).toMatchObject({
      ending: 'failed',
      code: 'assume-root-denied',
    });
    expect(callsOf(await play.answer(), 'sts', 'AssumeRoot')).toBe(before);

    putPolicies();
    const next = play.next(scene);
    await play.play(next.send());
    expect(await expectToldOnce(play, next)).toMatchObject({ ending: 'succeeded' });
  },
);
