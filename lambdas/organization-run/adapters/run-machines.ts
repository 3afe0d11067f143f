import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { RunMachines as Machines } from '../../../contract/environment.ts';
import type { RunOrder } from '../../../contract/orders.ts';
import type { OrganizationTask } from '../../../contract/root-tasks.ts';
import { clientDefaults } from '../../aws-clients.ts';

/** The root task has been disabled since the run was begun: nothing is deployed that could visit its accounts. */
export class NoMachineError extends Error {
  override readonly name = 'NoMachineError';
}

/** The state machines that visit every account: one for each root task that may be done across the organization. */
export class RunMachines {
  readonly #sfn: SFNClient;
  readonly #machines: Machines;

  constructor(region: string, machines: Machines) {
    this.#sfn = new SFNClient({ ...clientDefaults, region, maxAttempts: 5, retryMode: 'adaptive' });
    this.#machines = machines;
  }

  /**
   * Starts an execution under a name. One that runs under it with the same input is answered as started; false where
   * one has come to its end under it, for a name is used once in 90 days.
   * Source: Step Functions API reference, StartExecution.
   */
  async start(task: OrganizationTask, name: string, order: RunOrder): Promise<boolean> {
    const stateMachineArn = this.#machines[task];
    if (stateMachineArn === undefined) throw new NoMachineError(`there is no state machine for ${task}`);
    try {
      await this.#sfn.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(order) }),
      );
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      throw error;
    }
  }
}
