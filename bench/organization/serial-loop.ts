import { GetAccountSummaryCommand, GetUserCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  type Account,
  OrganizationsClient,
  type OrganizationsClientConfig,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { AssumeRootCommand, STSClient } from '@aws-sdk/client-sts';
import { taskPolicyArn } from '../../contract/root-tasks.ts';
import type { World } from '../../sandbox/world.ts';

const pauseMs = 100;

/**
 * Goes through the accounts one after the other, as the summary script that AWS published does: lists them, then for
 * each AssumeRoot, GetAccountSummary, GetUser, a tenth of a second. Without the start of the command line for each call, which takes longer
 * than the call. Gives how many milliseconds it took on the sandbox's clock. Source: AWS Security Blog, "Secure root user
 * access for member accounts in AWS Organizations".
 */
export async function runSerially({ aws, clock, deployment, organization }: World): Promise<number> {
  const begun = clock.now();
  const configuration = () => ({
    endpoint: aws.endpoint,
    region: deployment.region,
    systemClockOffset: clock.now() - Date.now(),
  });
  const admin = aws.credentialsForPrincipal(`arn:aws:iam::${deployment.accountId}:role/admin`);
  for (const { Id: id, State: state } of await listed({ ...configuration(), credentials: admin })) {
    if (state !== 'ACTIVE' || id === organization.managementAccountId || id === deployment.accountId)
      continue;
    const sts = new STSClient({
      ...configuration(),
      credentials: aws.credentialsForPrincipal(`arn:aws:iam::${deployment.accountId}:role/admin`),
    });
    const { Credentials: given } = await sts.send(
      new AssumeRootCommand({
        TargetPrincipal: id,
        TaskPolicyArn: { arn: taskPolicyArn(deployment.partition, 'audit-root-credentials') },
        DurationSeconds: 900,
      }),
    );
    const credentials = {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    };
    // What is denied goes by without a word in the script, too.
    await new IAMClient({ ...configuration(), credentials })
      .send(new GetAccountSummaryCommand())
      .catch(() => null);
    await new IAMClient({ ...configuration(), credentials }).send(new GetUserCommand()).catch(() => null);
    clock.advance(pauseMs);
  }
  return clock.now() - begun;
}

async function listed(configuration: OrganizationsClientConfig): Promise<Account[]> {
  const client = new OrganizationsClient(configuration);
  const accounts: Account[] = [];
  for await (const page of paginateListAccounts({ client }, {})) accounts.push(...(page.Accounts ?? []));
  return accounts;
}
