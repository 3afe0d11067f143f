import type { EndedEntry, TrailEntry } from '../../../contract/trail-entry.ts';
import { carryOut } from '../../../lambdas/root-task/pipeline.ts';
import type { RootTask } from '../../../lambdas/root-task/root-task.ts';
import { allowRootPasswordRecovery } from '../../../lambdas/root-task/tasks/allow-root-password-recovery.ts';
import { auditRootCredentials } from '../../../lambdas/root-task/tasks/audit-root-credentials.ts';
import { closeRootPasswordRecovery } from '../../../lambdas/root-task/tasks/close-root-password-recovery.ts';
import { deleteRootCredentials } from '../../../lambdas/root-task/tasks/delete-root-credentials.ts';
import { GivenLane } from './lane.ts';
import { givenEvent } from './request.ts';
import { GivenRootUser } from './root-user.ts';

type Change = Readonly<Record<string, unknown>>;

export const rootAccount = '156041421443';
const region = 'eu-central-1';

/** An approval by two people of a root task on the root user of one account. */
export const approvalOf = (task: string, changes: Change = {}) =>
  givenEvent({
    'detail.task': task,
    'detail.target': { accountId: rootAccount },
    'detail.approvals': [
      { approver: 'lead@example.com', approvedAt: '2026-11-20T09:57:00Z' },
      { approver: 'second.lead@example.com', approvedAt: '2026-11-20T09:58:00Z' },
    ],
    ...changes,
  });

/** A root user and the lanes that may work on it, over one trail and one clock. */
export class RootScene {
  readonly given = new GivenLane();
  readonly iam = new GivenRootUser(this.given.happened);
  /** What the scheduler answers in the place of making a schedule. */
  schedulerFails: Error | null = null;
  readonly schedules = new Map<string, string>();

  readonly tasks: Readonly<Record<'audit' | 'delete' | 'allow' | 'close', RootTask>> = {
    audit: auditRootCredentials(region),
    delete: deleteRootCredentials(region),
    close: closeRootPasswordRecovery(region),
    allow: allowRootPasswordRecovery(region, {
      closeAt: async (requestId, closesAt) => {
        if (this.schedulerFails !== null) throw this.schedulerFails;
        this.given.happened.push(`schedule ${closesAt}`);
        this.schedules.set(requestId, closesAt);
      },
    }),
  };

  /** Carries an event or an order out, and answers its ending. */
  async run(task: keyof RootScene['tasks'], event: unknown): Promise<EndedEntry> {
    const receipt = await carryOut(event, this.tasks[task], this.given.lane);
    const ended = this.entries.find(
      ({ requestId, sequence }) => requestId === receipt?.requestId && sequence === receipt.sequence,
    );
    if (ended?.kind !== 'ended') throw new Error(`no ending: ${JSON.stringify(ended ?? receipt)}`);
    expect(`${ended.summary} ${ended.remedy ?? ''}`).not.toMatch(
      /undefined|null|NaN|\[object|\b(the|a|an) (the|a|an)\b|bucket|queue/,
    );
    return ended;
  }

  /** A run that dies on the way; the next one comes a minute later, when its turn has lapsed. */
  async dies(task: keyof RootScene['tasks'], event: unknown): Promise<void> {
    await expect(carryOut(event, this.tasks[task], this.given.lane)).rejects.toThrow();
    this.given.time += 60_000;
    this.given.happened.length = 0;
  }

  get entries(): readonly TrailEntry[] {
    return this.given.table.entries;
  }

  /** What was changed at the account, in order. */
  get changes(): string[] {
    return this.given.happened.filter((what) => /^(Create|Delete|Deactivate)/.test(what));
  }

  /** Puts an entry in the place of one that is there: what somebody with the table could do. */
  tamper(entry: TrailEntry, change: Change): void {
    const item = this.given.table.items.find(
      ({ requestId, sequence }) => requestId?.S === entry.requestId && Number(sequence?.N) === entry.sequence,
    );
    if (item === undefined) throw new Error('there is such an entry');
    for (const [field, text] of Object.entries(change)) Object.assign(item, { [field]: { S: text } });
  }
}
