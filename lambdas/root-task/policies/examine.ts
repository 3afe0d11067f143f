import type { DiagnosisRecord } from '../../../contract/diagnosis.ts';
import { partitionOf } from '../../../contract/settings/partition.ts';
import { shown } from '../../../contract/shown.ts';
import { accountOf, type OneTarget } from '../../../contract/target.ts';
import { deletedPrincipals } from '../../../policy/deleted-principals.ts';
import { diagnose } from '../../../policy/diagnose.ts';
import type { Diagnosis, Owned, Repaired, StatementRef } from '../../../policy/diagnosis.ts';
import type { Read, Service } from '../../../policy/language.ts';
import { readPolicy } from '../../../policy/read-policy.ts';
import { repairPolicy } from '../../../policy/repair.ts';
import { nameOfError } from '../../aws-errors.ts';
import { policyStateOf } from '../../resource-policy.ts';
import type { Lane } from '../lane.ts';

/** A policy as it was read: what it does to its own administration, and what a repair of it would be. */
export interface Examination {
  readonly diagnosis: DiagnosisRecord;
  /** Null where the policy is malformed: nobody can say what a change of it would do. */
  readonly repaired: Repaired | null;
  /** The statements that name a principal which is gone: AWS takes no policy with these. */
  readonly deleted: readonly number[];
}

/**
 * Reads a policy and what would repair it: the one place that asks the library. Pure but for the time, which conditions
 * may compare with. Throws a SyntaxError for text that is no JSON object.
 */
export function examine(
  text: string,
  target: OneTarget,
  { clock, logger, settings }: Pick<Lane, 'clock' | 'logger' | 'settings'>,
): Examination {
  const owned: Owned = {
    accountId: accountOf(target),
    resourceArn: arnOf(target, partitionOf(settings)),
    now: clock.now(),
    organizationId: settings.organizationId,
  };
  const { sha256 } = policyStateOf(text);
  try {
    const read = readPolicy(text, serviceOf(target));
    const repaired = read.kind === 'policy' ? repairPolicy(read.policy, owned) : null;
    return {
      diagnosis: recordOf(diagnose(read, owned), repaired, sha256),
      repaired,
      deleted: deletedIn(read),
    };
  } catch (error) {
    // A policy that the library cannot deal with must not be one that can never be unlocked: it is undecided.
    logger.error('the policy could not be read', { policySha256: sha256, error: nameOfError(error) });
    const repaired: Repaired = { kind: 'none-safe', why: 'The policy could not be read to its end.' };
    return { diagnosis: recordOf(undecided, repaired, sha256), repaired, deleted: [] };
  }
}

function deletedIn(read: Read): number[] {
  if (read.kind === 'malformed') return [];
  const naming = read.policy.statements.filter(({ principals }) => deletedPrincipals(principals).length > 0);
  return naming.map(({ index }) => index);
}

function arnOf(target: OneTarget, partition: string): string {
  if ('queueArn' in target) return target.queueArn;
  if ('bucketName' in target) return `arn:${partition}:s3:::${target.bucketName}`;
  throw new Error('a root user has no resource policy');
}

function serviceOf(target: OneTarget): Service {
  return 'queueArn' in target ? 'sqs' : 's3';
}

const undecided: Diagnosis = {
  verdict: 'depends',
  needsRoot: 'perhaps',
  without: [],
  actions: {},
  faults: [],
};

/**
 * The diagnosis as the trail keeps it: the whole repaired policy is there only where it was put. An item of DynamoDB has
 * 400 KB, and a policy of 20 KB can be written so that its reading has more: what is long is cut, and says so.
 */
function recordOf(
  { actions, faults, needsRoot, verdict, without }: Diagnosis,
  repaired: Repaired | null,
  policySha256: string | null,
): DiagnosisRecord {
  const reading = Object.entries(actions).map(([action, one]) => [
    action,
    {
      verdict: one.verdict,
      shutOut: cut(one.shutOut),
      spared: cut(one.spared),
      statements: cutStatements(one.statements),
      why: shown(one.why, longest * 4),
    },
  ]);
  return {
    verdict,
    needsRoot,
    without: cut(without),
    actions: Object.fromEntries(reading),
    faults: faults
      .slice(0, mostItems)
      .map(({ path, message }) => ({ path: shown(path, longest), message: shown(message, longest) })),
    repair: repairOf(repaired),
    policySha256,
  };
}

const longest = 300;
const mostItems = 20;
const mostStatements = 100;
const longestDiff = 60_000;

/** A list with no more than so many items, none longer than so many characters. */
function cut(items: readonly string[]): string[] {
  const kept = items.slice(0, mostItems).map((item) => shown(item, longest));
  return items.length > kept.length ? [...kept, `and ${items.length - kept.length} more`] : kept;
}

/** The first ones; a Sid is somebody else's text. */
function cutStatements(statements: readonly StatementRef[]): StatementRef[] {
  return statements
    .slice(0, mostStatements)
    .map(({ index, sid }) => ({ index, sid: sid === null ? null : shown(sid, longest) }));
}

function repairOf(repaired: Repaired | null): DiagnosisRecord['repair'] {
  switch (repaired?.kind) {
    case undefined:
    case 'not-needed':
      return null;
    case 'none-safe':
      return { possible: false, why: shown(repaired.why, longest) };
    case 'repair': {
      const { changes, diff, sha256, statements } = repaired;
      return {
        possible: true,
        sha256,
        changes: cut(changes),
        statements: cutStatements(statements),
        diff: diff.length > longestDiff ? `${diff.slice(0, longestDiff)}\n(cut here)` : diff,
      };
    }
    default:
      return repaired satisfies never;
  }
}
