import {
  AssumeRoleCommand,
  AssumeRootCommand,
  STSClient,
  type Credentials as Sts,
} from '@aws-sdk/client-sts';
import type { Credentials, DeployedRole } from '../../../sandbox/parts.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { World } from '../../../sandbox/world.ts';
import { account, bucketName, lockOut, now } from '../given.ts';

export const management = '111111111111';
export const delegatedAdministrator = '222222222222';
export const excluded = '777777777777';
export const otherMember = '888888888888';
export const insider = `arn:aws:iam::${delegatedAdministrator}:role/admin`;

const taskPolicyArn = (name: string) => `arn:aws:iam::aws:policy/root-task/${name}`;
export const s3Task = taskPolicyArn('S3UnlockBucketPolicy');
export const otherTasks = [
  'SQSUnlockQueuePolicy',
  'IAMAuditRootUserCredentials',
  'IAMDeleteRootUserCredentials',
  'IAMCreateRootUserPassword',
].map(taskPolicyArn);

/** Somebody at the desk with credentials and an SDK: the synthesized app's own roles and policies answer. */
export interface Desk {
  readonly world: World;
  /** A role of the stack, by a part of its logical id. */
  role(part: string): DeployedRole;
  functionRole(part: string): Credentials;
  /** What an SDK client is made with. */
  as(credentials: Credentials, region?: string): ClientConfiguration;
  assumeTaskRole(caller: Credentials, more?: object): Promise<Credentials>;
  assumeRoot(caller: Credentials, targetAccount?: string, taskPolicy?: string): Promise<Credentials>;
  close(): Promise<void>;
}

interface ClientConfiguration {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
  readonly systemClockOffset: number;
  readonly maxAttempts: number;
}

export async function openDesk(): Promise<Desk> {
  const accounts = [
    { id: account, buckets: [{ name: bucketName, region: 'eu-north-1', policy: lockOut() }] },
    { id: excluded },
    { id: otherMember, buckets: [{ name: 'other-1', region: 'eu-north-1', policy: null }] },
  ];
  const settings = { excludedAccountIds: [excluded] };
  const { world } = await setStage(parseScenario({ now, organization: { accounts }, settings, steps: [] }));
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
  return {
    world,
    role,
    functionRole: (part) => aws.credentialsForRole(role(part).arn, 'somebody', 'no-environment'),
    as,
    async assumeTaskRole(caller, more = {}) {
      const hop = { RoleArn: role('UnlockS3BucketTaskRole').arn, RoleSessionName: 'rd-somebody' };
      const command = new AssumeRoleCommand({ ...hop, SourceIdentity: 'SEC-1.0123456789abcdef', ...more });
      return issued((await new STSClient(as(caller)).send(command)).Credentials);
    },
    async assumeRoot(caller, targetAccount = account, taskPolicy = s3Task) {
      const command = new AssumeRootCommand({
        TargetPrincipal: targetAccount,
        TaskPolicyArn: { arn: taskPolicy },
        DurationSeconds: 60,
      });
      return issued((await new STSClient(as(caller)).send(command)).Credentials);
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
export function sessionPolicyFor(accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'sts:AssumeRoot',
      Resource: `arn:aws:iam::${accountId}:root`,
      Condition: { ArnEquals: { 'sts:TaskPolicyArn': s3Task } },
    },
  });
}
