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
}: Measurement): Promise<World> {
  const settings = mergedSettings({ organizationRuns: { maxConcurrency: concurrency } });
  const { organization } = parseScenario({ organization: { generate: { accounts } }, steps: [] });
  const faults: FaultRequest[] =
    throttled === 0
      ? []
      : [{ service: 'sts', operation: '*', when: 'before', effect: 'throttle', rate: throttled }];
  return createWorld({
    deployment: readDeployment(await assemblyFor(settings), place),
    organization: worldOrganization(organization, '333333333333', Date.parse(now)),
    now: Date.parse(now),
    realTimeCounts: false,
    latencyMs: { ...otherLatencies, sts: latencyMs, iam: latencyMs },
    faults,
    environmentsAtOnce: concurrency,
  });
}
