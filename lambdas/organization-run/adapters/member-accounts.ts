import {
  type Account,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { clientDefaults } from '../../aws-clients.ts';
import { isAccessDenied, messageOfError, nameOfError } from '../../aws-errors.ts';

/** An account of the organization as Organizations lists it. */
export interface MemberAccount {
  readonly id: string;
  readonly name: string;
  /** `ACTIVE`, or another word of Organizations; `unknown` where it gives none. */
  readonly state: string;
  /** The management account, as the account's own ARN names it; null where there is none. */
  readonly managementAccountId: string | null;
}

/** Every account, or the "no" of Organizations in its own words; `mayPass` where set-up that flickers says the same. */
export type Listing =
  | { readonly kind: 'listed'; readonly accounts: readonly MemberAccount[] }
  | { readonly kind: 'not-listed'; readonly said: string; readonly mayPass: boolean };

/** Source: Organizations API reference, ListAccounts and ListAccountsForParent, "Errors". */
const forGood = new Set([
  'AWSOrganizationsNotInUseException',
  'InvalidInputException',
  'ParentNotFoundException',
]);

/** Lists the accounts of the organization: as the delegated administrator, or a member with leave to list them. */
export class MemberAccounts {
  readonly #client: OrganizationsClient;

  constructor(region: string) {
    // ListAccounts answers 20 accounts at a time and throttles early: what it asks for is waited for.
    this.#client = new OrganizationsClient({
      ...clientDefaults,
      region,
      maxAttempts: 10,
      retryMode: 'adaptive',
    });
  }

  /** Accounts of the whole organization, or those below some organizational units. Each is there once. */
  async list(organizationalUnitIds: readonly string[] | undefined): Promise<Listing> {
    try {
      const found =
        organizationalUnitIds === undefined ? this.#all() : this.#below([...organizationalUnitIds]);
      const accounts = new Map<string, MemberAccount>();
      for await (const account of found) {
        const read = memberAccount(account);
        accounts.set(read.id, read);
      }
      return { kind: 'listed', accounts: [...accounts.values()] };
    } catch (error) {
      const mayPass = isAccessDenied(error);
      if (!mayPass && !forGood.has(nameOfError(error))) throw error;
      return { kind: 'not-listed', said: `${nameOfError(error)}: ${messageOfError(error)}`, mayPass };
    }
  }

  async *#all(): AsyncGenerator<Account, void> {
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(new ListAccountsCommand({ NextToken }));
      yield* page.Accounts ?? [];
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }

  /** Units of units as well. A unit that is named twice, or below another that is named, is looked at once. */
  async *#below(waiting: string[]): AsyncGenerator<Account, void> {
    const seen = new Set<string>();
    for (let ParentId = waiting.pop(); ParentId !== undefined; ParentId = waiting.pop()) {
      if (seen.has(ParentId)) continue;
      seen.add(ParentId);
      yield* this.#in(ParentId);
      waiting.push(...(await this.#unitsIn(ParentId)));
    }
  }

  async *#in(ParentId: string): AsyncGenerator<Account, void> {
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(new ListAccountsForParentCommand({ ParentId, NextToken }));
      yield* page.Accounts ?? [];
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
  }

  async #unitsIn(ParentId: string): Promise<string[]> {
    const units: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#client.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken }),
      );
      units.push(...(page.OrganizationalUnits ?? []).flatMap(({ Id }) => Id ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return units;
  }
}

/** `Status` is what `State` was before 2026, and is there no more in time. Source: Organizations API reference, Account. */
function memberAccount({ Arn, Id, Name, State, Status }: Account): MemberAccount {
  if (Id === undefined) throw new Error('Organizations listed an account without an id');
  return {
    id: Id,
    name: Name ?? '',
    state: State ?? Status ?? 'unknown',
    managementAccountId: Arn?.split(':')[4] || null,
  };
}
