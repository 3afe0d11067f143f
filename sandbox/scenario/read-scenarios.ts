import type * as z from 'zod';
import { type Fault, faultsOf } from '../../contract/faults.ts';
import { type QueueArn, readQueueArn } from '../../contract/queue-arn.ts';
import { settings } from '../../contract/settings.ts';
import { isDeeperThan } from '../deep-json.ts';
import { faultsOfUnits } from './faults-of-units.ts';
import { mergedSettings } from './merged-settings.ts';
import { type Scenario, scenario } from './schema.ts';
import type { Step } from './steps-schema.ts';

/** A scenario file that cannot be played, with every fault that was found in it. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

/** What one schema cannot see: settings that do not hold together, steps that name what is not there. */
function deeperFaults({ settings: own, organization, steps }: Scenario): Fault[] {
  const merged = mergedSettings(own);
  const { error } = settings.safeParse(merged);
  const ofSettings = error === undefined ? [] : faultsOf(merged, error);
  const ofSteps = steps.flatMap(({ putBucketPolicy, putQueuePolicy }, index) => {
    const place = `steps[${index}]`;
    if (putBucketPolicy !== undefined) return faultOfBucket(organization, putBucketPolicy, place);
    return putQueuePolicy === undefined ? [] : faultOfQueue(organization, putQueuePolicy.queueArn, place);
  });
  return [
    ...ofSettings.map((fault) => ({ ...fault, path: `settings.${fault.path}` })),
    ...faultsOfUnits(organization),
    ...ofSteps,
  ];
}

function faultOfBucket(
  { accounts }: Scenario['organization'],
  { accountId, bucketName }: NonNullable<Step['putBucketPolicy']>,
  place: string,
): Fault[] {
  const account = accounts.find(({ id }) => id === accountId);
  if (account?.buckets.some(({ name }) => name === bucketName)) return [];
  const message = `expected a bucket of the organization; found none of this name in account ${accountId}`;
  return [{ path: `${place}.putBucketPolicy.bucketName`, message }];
}

function faultOfQueue({ accounts }: Scenario['organization'], queueArn: QueueArn, place: string): Fault[] {
  const { accountId, region, name } = readQueueArn(queueArn);
  const account = accounts.find(({ id }) => id === accountId);
  if (account?.queues.some((queue) => queue.name === name && queue.region === region)) return [];
  const message = `expected a queue of the organization; found no ${name} in account ${accountId}, Region ${region}`;
  return [{ path: `${place}.putQueuePolicy.queueArn`, message }];
}

/** One scenario, defaults filled in. Throws a ScenarioError that names every fault. */
export function parseScenario(document: unknown): Scenario {
  const [parsed] = parseScenarios([document], () => '');
  if (parsed === undefined) throw new TypeError('no scenario');
  return parsed;
}

/** Of all but the Detail of an event, which is written as text. No policy and no setting is as deep. */
const deepest = 1000;

function parseScenarios(documents: readonly unknown[], place: (index: number) => string): Scenario[] {
  const faults: Fault[] = [];
  const scenarios = documents.flatMap((document, index) => {
    if (isDeeperThan(deepest, document, 'Detail')) {
      faults.push({ path: place(index) || '(document)', message: `expected at most ${deepest} levels` });
      return [];
    }
    const parsed = scenario.safeParse(document, { error: plainError });
    const found = parsed.success ? deeperFaults(parsed.data) : faultsOf(document, parsed.error);
    faults.push(...found.map(({ path, message }) => ({ path: within(place(index), path), message })));
    return parsed.success ? parsed.data : [];
  });
  if (faults.length > 0) throw new ScenarioError(faults);
  return scenarios;
}

/** `[2]` and `steps[0]` make `[2].steps[0]`. */
function within(place: string, path: string): string {
  if (place === '') return path;
  return path === '(document)' ? place : `${place}${path.startsWith('[') ? '' : '.'}${path}`;
}

/** For what the schema gives no words of its own. */
const plainError: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'invalid_type'
    ? `expected ${issue.expected === 'nonoptional' ? 'a value' : issue.expected}`
    : undefined;

/** The scenarios of a file: one, or a list of them. */
export function readScenarios(text: string): {
  readonly scenarios: readonly Scenario[];
  readonly isList: boolean;
} {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new ScenarioError([{ path: '(document)', message: `expected JSON; ${problem}` }]);
  }
  if (!Array.isArray(document)) return { scenarios: [parseScenario(document)], isList: false };
  if (document.length === 0) {
    throw new ScenarioError([
      { path: '(document)', message: 'expected at least one scenario; found an empty list' },
    ]);
  }
  return { scenarios: parseScenarios(document, (index) => `[${index}]`), isList: true };
}
