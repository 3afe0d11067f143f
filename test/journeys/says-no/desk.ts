import {
  AssumeRoleCommand,
  AssumeRootCommand,
  STSClient,
  type Credentials as Sts,
} from '@aws-sdk/client-sts';
import { type RootTaskName, rootTaskNames, rootTasks, taskPolicyArn } from '../../../contract/root-tasks.ts';
import type { Credentials, DeployedRole } from '../../../sandbox/parts.ts';
import { playStep } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { World } from '../../../sandbox/world.ts';
import { excluded } from '../own-settings.ts';
import { account, type Scene } from '../scenes/scene.ts';
import { everyScene } from '../scenes/scenes.ts';
import { ticketOf } from '../scenes/ticket.ts';

export const management = '111111111111';
export const delegatedAdministrator = '222222222222';
export const otherMember = '888888888888';
export const insider = `arn:aws:iam::${delegatedAdministrator}:role/admin`;

/** Source: IAM User Guide, "AWS managed policies for privileged tasks"; also those that no root task of ours is under. */
const everyTaskPolicy = [
  'S3UnlockBucketPolicy',
  'SQSUnlockQueuePolicy',
  'IAMAuditRootUserCredentials',
  'IAMDeleteRootUserCredentials',
  'IAMCreateRootUserPassword',
];

/** The lane of a root task. */
export interface LaneOf {
  readonly task: RootTaskName;
}
export const everyLane: readonly LaneOf[] = rootTaskNames.map((task) => ({ task }));

/** The task policy of a root task, and all others, by their ARNs. */
export const taskPolicyOf = ({ task }: LaneOf) => taskPolicyArn('aws', task);
export const otherTaskPolicies = ({ task }: LaneOf) =>
  everyTaskPolicy
    .filter((name) => name !== rootTasks[task].taskPolicy)
    .map((name) => `arn:aws:iam::aws:policy/root-task/${name}`);

/** `UnlockS3Bucket`, as the logical ids of a lane begin. */
export const laneOf = ({ task }: LaneOf) =>
  task.replaceAll(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());

/** The target at which people work here, in the account that owns it, and one in another account. */
export const targetOf = (scene: Scene) => scene.nameOf(1);
export const otherTargetOf = (scene: Scene) => scene.nameOf(2);

/** Somebody at the desk with credentials and an SDK: the synthesized app's own roles and policies answer. */
export interface Desk {
  readonly world: World;
  /** A role of the stack, by a part of its logical id. */
  role(part: string): DeployedRole;
  functionRole(part: string): Credentials;
  /** What an SDK client is made with. */
  as(credentials: Credentials, region?: string): ClientConfiguration;
  assumeTaskRole(lane: LaneOf, caller: Credentials, more?: object): Promise<Credentials>;
  assumeRoot(caller: Credentials, targetAccount: string, taskPolicy: string): Promise<Credentials>;
  /** The role of a lane's function, and a root session in the account as the lane opens it. */
  lane(lane: LaneOf): Credentials;
  rootSession(lane: LaneOf): Promise<Credentials>;
  /** An honest run: ticket SEC-1 unlocks the target, approved by as many as any lane asks for. */
  unlock(scene: Scene): Promise<void>;
  close(): Promise<void>;
}

interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly systemClockOffset: number;
  readonly maxAttempts: number;
}

export async function openDesk(settings: ScenarioInput['settings'] = {}): Promise<Desk> {
  const owning = (nameOf: (scene: Scene) => string) =>
    Object.assign(
      {},
      ...everyScene.map((scene) => {
        const name = nameOf(scene);
        return scene.owning([{ name, policy: scene.lockOut(name) }]);
      }),
    );
  const accounts = [
    { id: account, ...owning(targetOf) },
    { id: excluded },
    { id: otherMember, ...owning(otherTargetOf) },
  ];
  const now = '2026-11-20T10:00:00Z';
  const scenario = { now, organization: { accounts }, settings, steps: [] };
  const stage = await setStage(parseScenario(scenario));
  const { world } = stage;
  const { aws, clock, deployment } = world;

  const role = (part: string) => {
    const [found, ...others] = deployment.roles.filter(({ logicalId }) => logicalId.includes(part));
    if (found === undefined || others.length > 0) throw new Error(`not one role is called ${part}`);
    return found;
  };
  const as = (credentials: Credentials, region = deployment.region) => ({
    endpoint: aws.endpoint,
    region,
    credentials,
    systemClockOffset: clock.now() - Date.now(),
    maxAttempts: 1,
  });
  const functionRole = (part: string) => aws.credentialsForRole(role(part).arn, 'somebody', 'no-environment');
  const lane = (of: LaneOf) => functionRole(`${laneOf(of)}FunctionRole`);
  const assumeTaskRole: Desk['assumeTaskRole'] = async (scene, caller, more = {}) => {
    const RoleArn = role(`${laneOf(scene)}TaskRole`).arn;
    const hop = { RoleArn, RoleSessionName: 'rd-somebody', SourceIdentity: 'SEC-1.0123456789abcdef' };
    const command = new AssumeRoleCommand({ ...hop, ...more });
    return issued((await new STSClient(as(caller)).send(command)).Credentials);
  };
  const assumeRoot: Desk['assumeRoot'] = async (caller, targetAccount, taskPolicy) => {
    const command = new AssumeRootCommand({
      TargetPrincipal: targetAccount,
      TaskPolicyArn: { arn: taskPolicy },
      DurationSeconds: 60,
    });
    return issued((await new STSClient(as(caller)).send(command)).Credentials);
  };
  return {
    world,
    role,
    functionRole,
    as,
    assumeTaskRole,
    assumeRoot,
    lane,
    async rootSession(scene) {
      return assumeRoot(await assumeTaskRole(scene, lane(scene)), account, taskPolicyOf(scene));
    },
    async unlock(scene) {
      const { approvals, send } = ticketOf(scene, 1, clock.now());
      const both = approvals(['lead@example.com', '-PT2M'], ['second.lead@example.com', '-PT2M']);
      const { steps } = parseScenario({ steps: [send({ approvals: both })] });
      for (const step of steps) await playStep(stage, step);
    },
    close: () => world.close(),
  };
}

function issued(credentials: Sts | undefined): Credentials {
  return {
    accessKeyId: credentials?.AccessKeyId ?? '',
    secretAccessKey: credentials?.SecretAccessKey ?? '',
    sessionToken: credentials?.SessionToken ?? '',
    expiresAt: credentials?.Expiration?.getTime() ?? 0,
  };
}

/** The session policy with which the product takes on its task role, for one account. */
export function sessionPolicyFor(accountId: string, taskPolicy: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'sts:AssumeRoot',
      Resource: `arn:aws:iam::${accountId}:root`,
      Condition: { ArnEquals: { 'sts:TaskPolicyArn': taskPolicy } },
    },
  });
}
