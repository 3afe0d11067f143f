import {
  AssumeRoleCommand,
  AssumeRootCommand,
  STSClient,
  type Credentials as StsCredentials,
} from '@aws-sdk/client-sts';
import type { Credentials } from '../../../sandbox/parts.ts';
import { functionRole, member, s3Task, taskRole, type World } from './fixture.ts';

/** The first hop, as the product makes it. */
export async function assumeTaskRole(world: World, more: object = {}): Promise<Credentials> {
  const { Credentials } = await new STSClient(world.asRole(functionRole)).send(
    new AssumeRoleCommand({
      RoleArn: taskRole,
      RoleSessionName: 'rd-1',
      SourceIdentity: 'sec-1.ab',
      ...more,
    }),
  );
  return issued(Credentials);
}

/** Both hops: a root session of a member under the S3 task policy. */
export async function openRootSession(world: World, target = member): Promise<Credentials> {
  const task = await assumeTaskRole(world);
  const { Credentials } = await new STSClient(world.as(task)).send(
    new AssumeRootCommand({ TargetPrincipal: target, TaskPolicyArn: { arn: s3Task } }),
  );
  return issued(Credentials);
}

function issued(credentials: StsCredentials | undefined): Credentials {
  return {
    accessKeyId: credentials?.AccessKeyId ?? '',
    secretAccessKey: credentials?.SecretAccessKey ?? '',
    sessionToken: credentials?.SessionToken ?? '',
    expiresAt: credentials?.Expiration?.getTime() ?? 0,
  };
}
