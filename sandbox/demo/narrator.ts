import type { CallRecord } from '../parts.ts';
import { isTrail, trailOf } from '../scenario/trail.ts';
import type { World } from '../world.ts';
import { page } from './page.ts';
import { describeEntry } from './trail-lines.ts';
import { whoIs } from './who.ts';

export interface Narrator {
  /** Hears of a call as it is answered. */
  hear(call: CallRecord): void;
  /** Ends when everything heard so far has been told. */
  upToDate(): Promise<void>;
}

/** Tells in human words what the calls of a story do; what the words say is read from the world. */
export function createNarrator(worldOf: () => World): Narrator {
  let telling = Promise.resolve();
  let entriesTold = 0;
  const locksTold = new Set<unknown>();
  const bucketsFound = new Set<string>();
  let eventsTold = 0;
  let deleted = false;

  /** The structured log line that says how the root session was opened; it follows the call within moments. */
  async function sessionLog(): Promise<Record<string, unknown>> {
    for (let tries = 0; tries < 40; tries += 1) {
      const found = worldOf().journal.logs.find((line) => 'sourceIdentity' in line);
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return {};
  }

  async function ofTable({ operation, resource }: CallRecord): Promise<string | null> {
    const world = worldOf();
    const table = world.deployment.tables.find(({ arn }) => resource.startsWith(arn));
    if (table === undefined || operation !== 'PutItem') return null;
    if (isTrail(table)) {
      const entry = (await trailOf(world))[entriesTold];
      entriesTold += 1;
      return entry === undefined ? null : describeEntry(entry);
    }
    const items = await world.scanTable(table.name);
    if (items.some((item) => 'channel' in item)) return 'remembers that this was told';
    const id = items.map((item) => item.id).find((one) => one !== undefined && !locksTold.has(one));
    if (id === undefined) return null;
    locksTold.add(id);
    return `takes the lock of this ${String(id).split('#')[0]}`;
  }

  function ofBus({ resource }: CallRecord): string {
    const put = worldOf().journal.events[eventsTold];
    eventsTold += 1;
    return `puts "${put?.event['detail-type']}" on bus ${resource.split('/').at(-1)}`;
  }

  async function ofSts({ operation, resource }: CallRecord): Promise<string> {
    const { sourceIdentity, taskPolicy, expiresAt } = await sessionLog();
    const account = resource.split(':')[4];
    return operation === 'AssumeRole'
      ? `assumes the task role, with source identity ${sourceIdentity}`
      : `opens a root session in account ${account} under ${String(taskPolicy).split('/').at(-1)}, until ${expiresAt}`;
  }

  function ofBucket({ operation, resource, region, error }: CallRecord): string[] {
    const bucket = resource.split(':').at(-1) ?? '';
    if (operation === 'ListBuckets') return ['asks for its bucket by name, to learn its Region'];
    const found = bucketsFound.has(bucket) ? [] : [`finds bucket ${bucket} in ${region}`];
    bucketsFound.add(bucket);
    if (operation === 'DeleteBucketPolicy') deleted = true;
    if (operation === 'DeleteBucketPolicy' && error === null) return [...found, 'deletes the policy'];
    const again = deleted ? 'reads back: ' : 'reads the policy: ';
    if (operation === 'GetBucketPolicy') {
      return [...found, error === 'NoSuchBucketPolicy' ? `${again}there is none` : `${again}there is one`];
    }
    return [...found, operation];
  }

  async function linesOf(call: CallRecord): Promise<readonly (string | null)[]> {
    if (!call.allowed) return [`is refused ${call.service}:${call.operation} (${call.error})`];
    if (call.error !== null && call.error !== 'NoSuchBucketPolicy') {
      return [`${call.service}:${call.operation} comes to ${call.error}`];
    }
    if (call.service === 'dynamodb') return [await ofTable(call)];
    if (call.service === 'sts') return [await ofSts(call)];
    if (call.service === 's3') return ofBucket(call);
    if (call.service === 'events') return [ofBus(call)];
    if (call.service === 'sns') return ['tells on-call'];
    if (call.service === 'ssm') return ['reads the kill switch: root tasks may run'];
    return [`${call.service}:${call.operation}`];
  }

  async function tell(call: CallRecord): Promise<void> {
    for (const line of await linesOf(call)) {
      if (line !== null) await page.happening(call.at, whoIs(call.principal, worldOf().deployment), line);
    }
  }

  return {
    hear(call) {
      telling = telling.then(() => tell(call));
    },
    upToDate: () => telling,
  };
}
