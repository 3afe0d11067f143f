import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { SwitchValue } from '../../../contract/switch.ts';
import { clientDefaults } from '../../aws-clients.ts';
import { messageOfError, nameOfError } from '../../aws-errors.ts';

const running: SwitchValue = 'running';

/** Whether root tasks may run; where they may not, what says so. */
export type Power =
  | { readonly kind: 'running' }
  /** `unread`: nothing says so, but nothing says otherwise either. */
  | { readonly kind: 'stopped'; readonly why: string; readonly unread?: true };

/** The kill switch: one parameter, read anew each time it is asked for. */
export class KillSwitch {
  readonly #ssm: SSMClient;
  readonly #name: string;

  constructor(region: string, parameterName: string) {
    // More tries than elsewhere: a value that cannot be read stops the task, and 40 reads a second is all that
    // Parameter Store answers by default. Source: AWS General Reference, Systems Manager quotas.
    this.#ssm = new SSMClient({ ...clientDefaults, maxAttempts: 5, region });
    this.#name = parameterName;
  }

  /** Never throws: what cannot be read, or says anything else than `running`, means stopped. */
  async read(): Promise<Power> {
    try {
      const { Parameter } = await this.#ssm.send(new GetParameterCommand({ Name: this.#name }));
      if (Parameter?.Value === running) return { kind: 'running' };
      return {
        kind: 'stopped',
        why: `the parameter ${this.#name} says ${JSON.stringify(Parameter?.Value ?? null)}`,
      };
    } catch (error) {
      const why = `the parameter ${this.#name} could not be read (${nameOfError(error)}: ${messageOfError(error)}), which counts as stopped`;
      return { kind: 'stopped', why, unread: true };
    }
  }
}
