import { shortHash } from '../../contract/request-id.ts';
import type { OrganizationTask } from '../../contract/root-tasks.ts';
import type { RunMachines } from './adapters/run-machines.ts';

/** How often a run is started: a run that dies ten times dies of something that starting it does not mend. */
export const startsAtMost = 10;

/** How a run that is started no more ends: what is said of it. */
export const startedOut = `the state machine of this run has come to its end ${startsAtMost} times without an ending of the run; its executions say why.`;

/**
 * Sees to it that a run is going on: the first execution that runs, or that can be started. Answers its name, null where
 * all of them have come to their end. The names follow from the request, so whoever starts it at the same time starts
 * the same execution.
 */
export async function startRun(
  requestId: string,
  task: OrganizationTask,
  machines: Pick<RunMachines, 'start'>,
): Promise<string | null> {
  for (let number = 1; number <= startsAtMost; number += 1) {
    const name = `rd-${shortHash(requestId)}-${number}`;
    if (await machines.start(task, name, { requestId })) return name;
  }
  return null;
}
