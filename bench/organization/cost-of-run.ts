import type { TrailItem } from '../../sandbox/scenario/trail.ts';
import type { World } from '../../sandbox/world.ts';
import { prices } from '../prices.ts';

const kilobyte = 1024;

/**
 * What a run costs, from counted calls, entries and transitions. For Lambda's time every place of the map is taken to be
 * busy from the run's first moment to its last. AWS bills one transition for each child that a distributed map starts,
 * beside those of the child. Source: Step Functions Developer Guide, "Transitions in Distributed Map state".
 */
export function costOfRun(world: World, trail: readonly TrailItem[], milliseconds: number) {
  const calls = world.calls();
  const count = (service: string, ...operations: string[]) =>
    calls.filter((call) => call.service === service && operations.includes(call.operation)).length;
  const children = new Set(trail.map(({ requestId }) => requestId)).size - 1;
  const transitions = world.executions().reduce((sum, execution) => sum + execution.transitions, children);
  const lane = world.deployment.functions.find(({ logicalId }) => logicalId.includes('AuditRootCredentials'));
  const atOnce = Math.min(children, mapConcurrency(world));
  const trailUnits = trail.reduce(
    (sum, entry) => sum + Math.ceil(JSON.stringify(entry).length / kilobyte) + 3,
    0,
  );
  const logBytes = world.journal.logs.reduce((sum, line) => sum + JSON.stringify(line).length, 0);
  const usd =
    transitions * prices.stateTransition +
    count('lambda', 'InvokeFunction') * prices.lambdaRequest +
    atOnce * (milliseconds / 1000) * ((lane?.memoryMb ?? 256) / 1024) * prices.lambdaGbSecond +
    (trailUnits + count('dynamodb', 'PutItem', 'UpdateItem', 'DeleteItem')) * prices.dynamodbWriteUnit +
    count('dynamodb', 'GetItem', 'Query') * 2 * prices.dynamodbReadUnit +
    count('s3', 'PutObject') * prices.s3Put +
    count('s3', 'GetObject') * prices.s3Get +
    (logBytes / 1e9) * prices.logsGb;
  return { usd, transitions };
}

function mapConcurrency({ deployment }: World): number {
  const text = JSON.stringify(deployment.stateMachines.map(({ definition }) => definition));
  return Number(/"MaxConcurrency":(\d+)/.exec(text)?.[1] ?? 1);
}
