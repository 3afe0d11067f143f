import type { CodeOf } from '../../../contract/ending.ts';
import type { ListedAccount } from '../../../contract/orders.ts';
import { classOf, credentialsIn, type RootCredentials } from '../../../contract/root-credentials.ts';
import type { OrganizationTask } from '../../../contract/root-tasks.ts';
import type { After } from '../../../contract/trail-states.ts';
import type { Listing, MemberAccount } from '../../../lambdas/organization-run/adapters/member-accounts.ts';
import { type Begun, beginRun, type RunBeginner } from '../../../lambdas/organization-run/begin-run.ts';
import { type Collator, collateRun } from '../../../lambdas/organization-run/collate-run.ts';
import { type Planner, planRun } from '../../../lambdas/organization-run/plan-run.ts';
import { failure } from '../../../lambdas/root-task/failures.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import type { RootTask } from '../../../lambdas/root-task/root-task.ts';
import { recordEnding } from '../../../lambdas/root-task/steps/record.ts';
import { GivenLane } from '../given/lane.ts';
import { givenEvent } from '../given/request.ts';
import { givenCredentials } from './report/given.ts';

export const minute = 60_000;
export const day = 24 * 60 * minute;
export const hash = 'a'.repeat(64);

export const account = (id: string, name = `account-${id}`, state = 'ACTIVE'): MemberAccount => ({
  id,
  name,
  state,
  managementAccountId: '111111111111',
});
export const numbered = (index: number) => String(500_000_000_000 + index);

type Changes = Readonly<Record<string, unknown>>;

/** An organization that runs go through, step by step: what the state machine would call, called by a test. */
export class GivenOrganization extends GivenLane {
  accounts: MemberAccount[] = [];
  /** What Organizations answers in the place of the accounts. */
  listing: Listing | Error | null = null;
  /** What root has in an account; clean where nothing is said. */
  readonly root = new Map<string, RootCredentials>();
  /** Accounts in which the lane ends in another way. */
  readonly fails = new Set<string>();
  readonly stored = new Map<string, { readonly body: string; readonly contentType: string }>();
  /** Executions that were started, and those that have come to their end. */
  readonly started: string[] = [];
  readonly over = new Set<string>();

  event(task: OrganizationTask, changes: Changes = {}) {
    const approvedAt = new Date(this.time - 2 * minute).toISOString();
    const approvals = ['lead@example.com', 'second.lead@example.com'].map((approver) => ({
      approver,
      approvedAt,
    }));
    return givenEvent({
      id: `event-${this.time}`,
      time: approvedAt,
      'detail.task': task,
      'detail.target': { organization: true },
      'detail.approvals': approvals,
      ...changes,
    });
  }

  get parts(): RunBeginner & Planner & Collator {
    return {
      ...this.lane,
      machines: {
        start: async (_, name) => {
          if (this.over.has(name)) return false;
          this.started.push(name);
          return true;
        },
      },
      accounts: {
        list: async () => {
          if (this.listing instanceof Error) throw this.listing;
          return this.listing ?? { kind: 'listed', accounts: this.accounts };
        },
      },
      store: {
        bucket: 'runs',
        put: async (key, body, contentType) => {
          this.stored.set(key, { body, contentType });
        },
      },
    };
  }

  async begin(event: unknown): Promise<string> {
    const begun = await beginRun(event, this.parts);
    if (begun === null || !('execution' in begun)) throw new Error(`not begun: ${JSON.stringify(begun)}`);
    return (begun satisfies Begun).requestId;
  }

  async plan(requestId: string): Promise<ListedAccount[]> {
    const { accounts, key } = await planRun({ requestId }, this.parts);
    const listed: ListedAccount[] = accounts === 0 ? [] : JSON.parse(this.stored.get(key)?.body ?? '');
    if (listed.length !== accounts) throw new Error('the list holds what its answer says');
    return listed;
  }

  /** What the map does with one item: a lane of its own, with a root user who has what is given. */
  async visit(parentRequestId: string, { accountId, part }: ListedAccount, task: OrganizationTask) {
    return carryOut({ parentRequestId, accountId, part }, this.#task(task), this.lane);
  }

  async collate(requestId: string) {
    return collateRun({ requestId }, this.parts);
  }

  /** A whole run: begun, planned, every account visited, collated. */
  async wholeRun(task: OrganizationTask = 'audit-root-credentials', changes: Changes = {}) {
    const requestId = await this.begin(this.event(task, changes));
    for (const item of await this.plan(requestId)) {
      this.time += 1;
      await this.visit(requestId, item, task);
    }
    this.time += minute;
    return this.collate(requestId);
  }

  report(prefix = '') {
    const found = [...this.stored].find(
      ([key]) => key.startsWith(`reports/${prefix}`) && key.endsWith('.json'),
    );
    return found?.[1].body ?? '';
  }

  #task(name: OrganizationTask): RootTask {
    return {
      name,
      work: async (claimed, session, lane) => {
        const { accountId } = claimed.request.target as { accountId: string };
        const credentials = this.root.get(accountId) ?? givenCredentials();
        const end = (ending: Parameters<typeof recordEnding>[2], after: After | null) =>
          recordEnding(claimed, null, ending, { after, session: session.record }, lane);
        if (this.fails.has(accountId))
          return end(failure('denied-by-scp', name, claimed.request.target, 'no'), null);
        const found = credentialsIn(credentials);
        const said = { summary: `Looked at ${accountId}.`, remedy: null };
        if (claimed.request.ticket.dryRun && name === 'delete-root-credentials')
          return end(
            { ending: 'rehearsed', code: 'would-delete-root-credentials', ...said },
            { credentials, remove: found, keep: [], sha256: hash },
          );
        if (name === 'delete-root-credentials') {
          this.root.set(accountId, givenCredentials());
          return end(
            { ending: 'succeeded', code: 'root-credentials-deleted', ...said },
            {
              results: found.map((credential) => ({
                ...credential,
                result: 'gone',
                detail: 'Read back as gone.',
              })),
              credentials: givenCredentials(),
              sha256: hash,
            },
          );
        }
        return end(
          { ending: 'succeeded', code: auditCodes[classOf(credentials)], ...said },
          { credentials, sha256: hash },
        );
      },
    };
  }
}

const auditCodes = {
  clean: 'audited-clean',
  'with-credentials': 'audited-with-credentials',
  unknown: 'audited-with-unknown',
} as const satisfies Record<string, CodeOf<'succeeded'>>;
