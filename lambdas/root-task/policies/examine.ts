import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import { partitionOf } from '../../../contract/settings/partition.ts';
import { accountOf, type OneTarget } from '../../../contract/target.ts';
import { diagnose } from '../../../policy/diagnose.ts';
import type { Diagnosis, Owned, Repaired } from '../../../policy/diagnosis.ts';
import type { Service } from '../../../policy/language.ts';
import { readPolicy } from '../../../policy/read-policy.ts';
import { repairPolicy } from '../../../policy/repair.ts';
import { policyStateOf } from '../../resource-policy.ts';
import type { Lane } from '../lane.ts';

/** A policy as it was read: what it does to its own administration, and what a repair of it would be. */
export interface Examination {
  readonly diagnosis: DiagnosisRecord;
  /** Null where the policy is malformed: nobody can say what a change of it would do. */
  readonly repaired: Repaired | null;
}

/**
 * Reads a policy and what would repair it: the one place that asks the library. Pure but for the time, which conditions
 * may compare with. Throws a SyntaxError for text that is no JSON object.
 */
export function examine(
  text: string,
  target: OneTarget,
  { clock, settings }: Pick<Lane, 'clock' | 'settings'>,
): Examination {
  const owned: Owned = {
    accountId: accountOf(target),
    resourceArn: arnOf(target, partitionOf(settings)),
    now: clock.now(),
  };
  const read = readPolicy(text, serviceOf(target));
  const repaired = read.kind === 'policy' ? repairPolicy(read.policy, owned) : null;
  const { sha256 } = policyStateOf(text);
  return { diagnosis: recordOf(diagnose(read, owned), repaired, sha256), repaired };
}

function arnOf(target: OneTarget, partition: string): string {
  if ('queueArn' in target) return target.queueArn;
  if ('bucketName' in target) return `arn:${partition}:s3:::${target.bucketName}`;
  throw new Error('a root user has no resource policy');
}

function serviceOf(target: OneTarget): Service {
  return 'queueArn' in target ? 'sqs' : 's3';
}

/** The diagnosis as the trail keeps it: the whole repaired policy is there only where it was put. */
function recordOf(
  { actions, faults, needsRoot, verdict, without }: Diagnosis,
  repaired: Repaired | null,
  policySha256: string | null,
): DiagnosisRecord {
  const reading = Object.entries(actions).map(([action, one]) => [
    action,
    {
      verdict: one.verdict,
      shutOut: [...one.shutOut],
      spared: [...one.spared],
      statements: [...one.statements],
      why: one.why,
    },
  ]);
  return {
    verdict,
    needsRoot,
    without: [...without],
    actions: Object.fromEntries(reading),
    faults: [...faults],
    repair: repairOf(repaired),
    policySha256,
  };
}

function repairOf(repaired: Repaired | null): DiagnosisRecord['repair'] {
  switch (repaired?.kind) {
    case undefined:
    case 'not-needed':
      return null;
    case 'none-safe':
      return { possible: false, why: repaired.why };
    case 'repair': {
      const { changes, diff, sha256, statements } = repaired;
      return { possible: true, sha256, changes: [...changes], statements: [...statements], diff };
    }
    default:
      return repaired satisfies never;
  }
}
