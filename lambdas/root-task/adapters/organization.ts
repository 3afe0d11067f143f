import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { clientDefaults } from '../../aws-clients.ts';
import { nameOfError } from '../../aws-errors.ts';

/** What Organizations knows of an account, null where it does not say; `unknown` where it could not be asked. */
export type AccountStanding =
  | { readonly kind: 'member'; readonly state: string | null; readonly managementAccountId: string | null }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'unknown'; readonly errorName: string };

/** Which root features the organization has enabled, or why that could not be read. */
export type FeatureStanding =
  | { readonly kind: 'enabled'; readonly features: readonly string[] }
  | { readonly kind: 'trusted-access-off' }
  | { readonly kind: 'not-delegated-administrator' }
  | { readonly kind: 'unknown'; readonly errorName: string };

/** Looks up why AssumeRoot was refused: its plain AccessDenied has five causes with one text. Never throws. */
export class Organization {
  readonly #organizations: OrganizationsClient;
  readonly #iam: IAMClient;

  constructor(region: string) {
    this.#organizations = new OrganizationsClient({ ...clientDefaults, region });
    this.#iam = new IAMClient({ ...clientDefaults, region });
  }

  /** The account's own ARN names the management account. Source: Organizations API, DescribeAccount. */
  async account(accountId: string): Promise<AccountStanding> {
    try {
      const { Account } = await this.#organizations.send(
        new DescribeAccountCommand({ AccountId: accountId }),
      );
      const state = Account?.State ?? Account?.Status ?? null;
      return { kind: 'member', state, managementAccountId: Account?.Arn?.split(':')[4] ?? null };
    } catch (error) {
      const errorName = nameOfError(error);
      return errorName === 'AccountNotFoundException'
        ? { kind: 'not-a-member' }
        : { kind: 'unknown', errorName };
    }
  }

  /** Error codes as the IAM API reference has them for ListOrganizationsFeatures. */
  async features(): Promise<FeatureStanding> {
    try {
      const { EnabledFeatures } = await this.#iam.send(new ListOrganizationsFeaturesCommand({}));
      return { kind: 'enabled', features: EnabledFeatures ?? [] };
    } catch (error) {
      const errorName = nameOfError(error);
      if (errorName === 'ServiceAccessNotEnabledException') return { kind: 'trusted-access-off' };
      if (errorName === 'AccountNotManagementOrDelegatedAdministratorException') {
        return { kind: 'not-delegated-administrator' };
      }
      return { kind: 'unknown', errorName };
    }
  }
}
