import { readDeployment } from '../../sandbox/assembly/read-deployment.ts';
import type { FaultRequest } from '../../sandbox/parts.ts';
import { assemblyFor } from '../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../sandbox/scenario/merged-settings.ts';
import { worldOrganization } from '../../sandbox/scenario/organization.ts';
import { parseScenario } from '../../sandbox/scenario/read-scenarios.ts';
import { createWorld, type World } from '../../sandbox/world.ts';

/** One thing to measure. */
export interface Measurement {
  readonly accounts: number;
  readonly concurrency: number;
  /** Of a call of STS or IAM. */
  readonly latencyMs: number;
  /** The share of STS calls that are throttled. */
  readonly throttled: number;
  /** The share of calls of STS, IAM and DynamoDB that fail, half of them after they did what they were asked. */
  readonly failing: number;
  /** Whether the serial loop is measured, in place of the product. */
  readonly serially: boolean;
}

const now = '2026-11-20T10:00:00Z';
const place = { accountId: '222222222222', region: 'eu-central-1', partition: 'aws' };

/** What a call of the other services takes, in milliseconds; assumed. */
const otherLatencies = { dynamodb: 8, s3: 30, ssm: 15, organizations: 100, states: 30, default: 20 };

/**
 * A world whose clock shows what calls and waits take, whatever this machine is doing meanwhile; in it an organization
 * of generated accounts, the same ones for the same number.
 */
export async function measuredWorld({
  accounts,
  concurrency,
  latencyMs,
  throttled,
  failing,
}: Measurement): Promise<World> {
  const settings = mergedSettings({ organizationRuns: { maxConcurrency: concurrency } });
  const { organization } = parseScenario({ organization: { generate: { accounts } }, steps: [] });
  return createWorld({
    deployment: readDeployment(await assemblyFor(settings), place),
    organization: worldOrganization(organization, '333333333333', Date.parse(now)),
    now: Date.parse(now),
    millisecondsPerCall: 0,
    latencyMs: { ...otherLatencies, sts: latencyMs, iam: latencyMs },
    faults: [...throttling(throttled), ...failingOf(failing)],
    environmentsAtOnce: concurrency,
  });
}

function throttling(rate: number): FaultRequest[] {
  return rate === 0 ? [] : [{ service: 'sts', operation: '*', when: 'before', effect: 'throttle', rate }];
}

function failingOf(rate: number): FaultRequest[] {
  if (rate === 0) return [];
  return ['sts', 'iam', 'dynamodb'].flatMap((service) => [
    { service, operation: '*', when: 'before', effect: 'throttle', rate: rate / 2, seed: 1 },
    { service, operation: '*', when: 'after', effect: 'serverError', rate: rate / 2, seed: 2 },
  ]);
}
