import { type ApprovableTask, approvableTasks } from '../contract/root-tasks.ts';
import { mayApprove, type Settings, senderAccountsOf, taskSettingsOf } from '../contract/settings.ts';

/** A root task that the settings let somebody approve, and from whom its approvals may come. */
export interface OpenLane {
  readonly task: ApprovableTask;
  /** The `source` of the events that may approve it. */
  readonly sources: readonly string[];
  /** The accounts that may put those events. */
  readonly accounts: readonly string[];
}

/**
 * The lanes to build: one per enabled task that some ticket source may approve. A lane that no event could ever
 * enter would be a function and two roles for nothing.
 */
export function openLanes(settings: Settings): OpenLane[] {
  return approvableTasks.flatMap((task) => {
    if (!taskSettingsOf(settings, task).enabled) return [];
    const approving = settings.ticketSources.filter((source) => mayApprove(source, task));
    if (approving.length === 0) return [];
    return [
      {
        task,
        sources: approving.map(({ source }) => source),
        accounts: [...new Set(approving.flatMap(senderAccountsOf))],
      },
    ];
  });
}
