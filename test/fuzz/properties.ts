import type { ApprovableTask } from '../../contract/root-tasks.ts';
import { compilePattern } from '../../sandbox/bus/pattern.ts';
import type { TrailItem } from '../../sandbox/scenario/trail.ts';
import type { World } from '../../sandbox/world.ts';
import type { Carried } from './carry-out.ts';
import { bucketOf, memberOf, queueOf } from './organization.ts';

export const properties = {
  oneEntry: 'each event leaves exactly one entry: a chain or a refusal',
  taken: 'at least one rule matches each event',
  rulesHold: 'a root session opens, and something is changed, only where every rule holds',
  noStranger: 'no session in any other account',
  nothingWaits: 'nothing waits in any queue',
  allClosed: 'password recovery is open nowhere, in the end',
} as const;

/** A property that did not hold, and for which event. */
export interface Violation {
  readonly property: (typeof properties)[keyof typeof properties];
  readonly event: unknown;
  readonly found: unknown;
}

export interface Findings {
  readonly violations: readonly Violation[];
  /** How many events came to which ending and code. */
  readonly counts: Readonly<Record<string, number>>;
}

type One = Carried['events'][number];

/** Holds every event to what is known of it. Nothing here asks the product what it thinks of an event. */
export function findingsIn({ world, trail, events }: Carried): Findings {
  const entries = entriesByEvent(trail);
  const opened = openedAccounts(world);
  const changed = changedAccounts(world);
  const violations: Violation[] = [];
  const counts: Record<string, number> = {};
  for (const one of events) {
    const own = entries.get(one.id) ?? [];
    const violate = (property: Violation['property'], found: unknown) =>
      void violations.push({ property, event: described(one), found });
    const account = memberOf(one.sample.nth);
    const [entry, ...others] = own;
    const { ending = 'none', code = 'none' } = entry === undefined ? {} : endingOf(entry, trail);
    const label = `${ending} ${code}`;
    counts[label] = (counts[label] ?? 0) + 1;
    if (entry === undefined || others.length > 0) violate(properties.oneEntry, own);
    if (!taken(world, one)) violate(properties.taken, null);
    const outcome = { ending, opened: opened.has(account), changed: changed.has(account) };
    if (!permitted(one).some((allowed) => same(allowed, outcome))) violate(properties.rulesHold, outcome);
  }
  const known = new Set(events.map(({ sample }) => memberOf(sample.nth)));
  const strangers = [...opened].filter((account) => !known.has(account));
  if (strangers.length > 0)
    violations.push({ property: properties.noStranger, event: null, found: strangers });
  const open = openAccounts(world);
  if (open.length > 0) violations.push({ property: properties.allClosed, event: null, found: open });
  const waiting = world.deployment.queues.flatMap(({ arn }) => world.aws.queues.waiting(arn));
  if (waiting.length > 0) violations.push({ property: properties.nothingWaits, event: null, found: waiting });
  return { violations, counts };
}

interface Came {
  readonly ending: string;
  readonly opened: boolean;
  readonly changed: boolean;
}
const same = (a: Came, b: Came) => a.ending === b.ending && a.opened === b.opened && a.changed === b.changed;

const refused: Came = { ending: 'refused', opened: false, changed: false };
const succeeded: Came = { ending: 'succeeded', opened: true, changed: true };
const audited: Came = { ending: 'succeeded', opened: true, changed: false };
const rehearsed: Came = { ending: 'rehearsed', opened: true, changed: false };
/** What no session is opened for: the trail alone says that there is nothing to put back. */
const rehearsedUnopened: Came = { ...rehearsed, opened: false };

/** What an event may come to, by how it was made. */
function permitted({ sample }: One): readonly Came[] {
  const isRehearsal = sample.mutations.some(({ verdict }) => verdict === 'rehearsal');
  const done = doneOf(sample.task, isRehearsal);
  switch (sample.verdict) {
    case 'wrong':
      return [refused];
    case 'either':
      return [refused, done];
    case 'same':
    case 'rehearsal':
      return [done];
    default:
      return sample.verdict satisfies never;
  }
}

/** What a request comes to that every rule lets through. */
function doneOf(task: ApprovableTask, isRehearsal: boolean): Came {
  switch (task) {
    case 'restore-s3-bucket-policy':
    case 'restore-sqs-queue-policy':
      // Of an earlier request that never was: journeys show those that there are.
      return isRehearsal ? rehearsedUnopened : refused;
    case 'audit-root-credentials':
      return isRehearsal ? rehearsed : audited;
    case 'unlock-s3-bucket':
    case 'unlock-sqs-queue':
    case 'delete-root-credentials':
    case 'allow-root-password-recovery':
      return isRehearsal ? rehearsed : succeeded;
    default:
      return task satisfies never;
  }
}

/** What an event left behind: the beginning of a chain, or a refusal, by its id on the bus. */
function entriesByEvent(trail: readonly TrailItem[]): Map<string, TrailItem[]> {
  // A closing is its opening's: it begins a chain of its own with the same event.
  const firsts = trail.filter(
    ({ closes, kind }) => closes === undefined && (kind === 'approved' || kind === 'refused'),
  );
  return Map.groupBy(firsts, (entry) =>
    entry.kind === 'refused'
      ? entry.requestId.replace(/^refused\//, '')
      : String(Reflect.get(Object(entry.envelope), 'eventId')),
  );
}

function endingOf(entry: TrailItem, trail: readonly TrailItem[]): { ending: string; code: string } {
  const last =
    entry.kind === 'refused'
      ? entry
      : trail.find(({ requestId, kind }) => requestId === entry.requestId && kind === 'ended');
  return { ending: String(last?.ending), code: String(last?.code) };
}

/** Accounts in which a root session was opened. */
function openedAccounts(world: World): Set<string> {
  return new Set(
    world
      .calls()
      .filter(({ operation, error }) => operation === 'AssumeRoot' && error === null)
      .map(({ resource }) => resource.split(':')[4] ?? ''),
  );
}

/** Accounts whose bucket or queue has lost its policy, whose root user has lost its key, or was let recover. */
function changedAccounts(world: World): Set<string> {
  const allowed = world
    .calls()
    .filter(({ operation, error }) => operation === 'CreateLoginProfile' && error === null)
    .map(({ resource }) => resource.split(':')[4] ?? '');
  const changed = world.organization.accounts
    .filter(({ buckets, queues, rootUser }) => {
      const isUnlocked = [...buckets, ...queues].some(({ policy }) => policy === null);
      return isUnlocked || rootUser?.accessKeys.length === 0;
    })
    .map(({ id }) => id);
  return new Set([...allowed, ...changed]);
}

/** Accounts whose root user has a password: every opening has to be closed in the end. */
function openAccounts({ organization }: World): string[] {
  return organization.accounts.filter(({ rootUser }) => rootUser?.password !== undefined).map(({ id }) => id);
}

/** By the patterns of the synthesized template. */
function taken({ deployment }: World, { draft, id }: One): boolean {
  const event = {
    id,
    source: draft.source,
    'detail-type': draft.detailType,
    account: draft.sender,
    ...(draft.replayName !== null && { 'replay-name': draft.replayName }),
    detail: JSON.parse(draft.text(JSON.stringify(draft.detail))),
  };
  return deployment.rules.some(({ pattern }) => compilePattern(pattern)(event));
}

function described({ id, sample, draft }: One) {
  return {
    id,
    mutations: sample.mutations.map(({ name }) => name),
    verdict: sample.verdict,
    put: {
      account: draft.sender,
      source: draft.source,
      detailType: draft.detailType,
      replayName: draft.replayName,
      detail: draft.text(JSON.stringify(draft.detail)),
    },
    target: [memberOf(sample.nth), bucketOf(sample.nth), queueOf(sample.nth)],
  };
}
