import type { PlannedEntry, TrailEntry } from '../../../contract/trail-entry.ts';
import { recordApproval } from '../../../lambdas/root-task/steps/claim.ts';
import { entryFields } from '../../../lambdas/root-task/steps/entry-fields.ts';
import type { GivenLane } from './lane.ts';
import { givenAuthorized } from './request.ts';

type Change = Readonly<Record<string, unknown>>;

const byTwo = [
  { approver: 'lead@example.com', approvedAt: '2026-11-20T09:57:00Z' },
  { approver: 'second.lead@example.com', approvedAt: '2026-11-20T09:58:00Z' },
];

/** A run across the organization as its own parts record it, entry by entry. */
export class GivenRun {
  readonly requestId: string;
  readonly #given: GivenLane;
  readonly #request: ReturnType<typeof givenAuthorized>;
  #head: TrailEntry | null = null;

  constructor(given: GivenLane, task: string, changes: Change = {}) {
    this.#given = given;
    this.#request = givenAuthorized({
      id: 'the-run',
      'detail.task': task,
      'detail.target': { organization: true },
      'detail.approvals': byTwo,
      ...changes,
    });
    this.requestId = this.#request.requestId;
  }

  async approve(): Promise<this> {
    const { approved } = await recordApproval(this.#request, this.#given.lane);
    this.#head = approved;
    return this;
  }

  /** Records the next part of the plan: the accounts that it names. */
  async plan(accounts: readonly string[], more: Partial<PlannedEntry> = {}): Promise<this> {
    this.#head = await this.#given.trail.append(this.requestId, this.#head, {
      ...entryFields(this.#request, this.#given.lane),
      kind: 'planned',
      part: this.#head?.sequence ?? 1,
      last: true,
      accounts: accounts.map((id) => ({ id, name: `account ${id}` })),
      leftOut: [],
      basedOn: null,
      ...more,
    });
    return this;
  }

  async end(): Promise<this> {
    this.#head = await this.#given.trail.append(this.requestId, this.#head, {
      ...entryFields(this.#request, this.#given.lane),
      kind: 'ended',
      ending: 'succeeded',
      code: 'organization-audited',
      summary: 'The organization was audited.',
      remedy: null,
      after: null,
      session: null,
    });
    return this;
  }
}
