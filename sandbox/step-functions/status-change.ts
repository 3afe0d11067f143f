import { randomUUID } from 'node:crypto';
import type { BusEvent, Deployment } from '../parts.ts';
import type { Execution } from './execution.ts';

/** Source: Step Functions Developer Guide, "Automating Step Functions event delivery with EventBridge". */
export function statusChange({ accountId, region }: Deployment, execution: Execution): BusEvent {
  const { ending, stoppedAt } = execution;
  const failed = ending.status !== 'RUNNING' && ending.status !== 'SUCCEEDED' ? ending : null;
  const at = stoppedAt ?? execution.startedAt;
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account: accountId,
    time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
    region,
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machineArn,
      name: execution.name,
      status: ending.status,
      startDate: Math.floor(execution.startedAt),
      stopDate: stoppedAt === null ? null : Math.floor(stoppedAt),
      input: execution.inputText,
      inputDetails: { included: true },
      output: ending.status === 'SUCCEEDED' ? JSON.stringify(ending.output) : null,
      outputDetails: { included: true },
      error: failed?.error ?? null,
      cause: failed?.cause ?? null,
    },
  };
}
