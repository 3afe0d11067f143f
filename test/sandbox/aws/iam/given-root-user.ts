import { IAMClient } from '@aws-sdk/client-iam';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import type { Account, PolicyDocument, RootUser } from '../../../../sandbox/parts.ts';
import * as f from '../fixture.ts';

export type Task = 'Audit' | 'Delete' | 'Create';

const policyNames: Readonly<Record<Task, string>> = {
  Audit: 'IAMAuditRootUserCredentials',
  Delete: 'IAMDeleteRootUserCredentials',
  Create: 'IAMCreateRootUserPassword',
};

export const rootArn = `arn:aws:iam::${f.member}:root`;
export const virtualDevice = `arn:aws:iam::${f.member}:mfa/root-account-mfa-device`;

/** A root user that has one of everything, and a second key that was never used. */
export function everything(): RootUser {
  return {
    password: { createdAt: '2021-03-01T08:00:00Z', lastUsedAt: '2026-10-01T08:00:00Z' },
    accessKeys: [
      {
        id: 'AKIAUSED000000000000',
        status: 'Active',
        createdAt: '2021-03-02T08:00:00Z',
        lastUsedAt: '2026-11-01T09:30:00Z',
        lastUsedService: 's3',
        lastUsedRegion: 'eu-north-1',
      },
      { id: 'AKIAUNUSED0000000000', status: 'Inactive', createdAt: '2021-03-03T08:00:00Z' },
    ],
    mfaDevices: [{ serialNumber: virtualDevice, enabledAt: '2021-03-04T08:00:00Z' }],
    signingCertificates: [
      { id: 'CERT0000000000000000', status: 'Active', uploadedAt: '2021-03-05T08:00:00Z' },
    ],
  };
}

export interface MemberWorld {
  readonly world: f.World;
  readonly account: Account;
  /** IAM as the root user of the member, in a root session under a task policy. */
  under(task: Task): Promise<IAMClient>;
  /** IAM as the root user of the member who signed in: no task policy. */
  signedIn(): IAMClient;
}

/** A world whose member has this root user, under these service control policies. */
export async function givenMember(
  rootUser?: RootUser,
  serviceControlPolicies: PolicyDocument[] = [],
): Promise<MemberWorld> {
  const account = f.account(f.member, { serviceControlPolicies, ...(rootUser && { rootUser }) });
  const world = await f.startWorld({ organization: f.organization({ accounts: [account] }) });
  return {
    world,
    account,
    async under(task) {
      const { Credentials } = await new STSClient(world.as(f.insider)).send(
        new AssumeRootCommand({
          TargetPrincipal: f.member,
          TaskPolicyArn: { arn: `arn:aws:iam::aws:policy/root-task/${policyNames[task]}` },
        }),
      );
      const credentials = {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
        expiresAt: Credentials?.Expiration?.getTime() ?? 0,
      };
      return new IAMClient(world.as(credentials, 'us-east-1'));
    },
    signedIn: () => new IAMClient(world.as(rootArn, 'us-east-1')),
  };
}
