import fc from 'fast-check';
import { approvableTasks } from '../../../contract/root-tasks.ts';
import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { assemblyFor } from '../../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../../sandbox/scenario/merged-settings.ts';
import { carryOut } from '../../fuzz/carry-out.ts';
import { delegatedAdministrator, otherAccount, senderAccount } from '../../fuzz/organization.ts';
import { findingsIn, properties } from '../../fuzz/properties.ts';
import type { Sample } from '../../fuzz/samples.ts';
import { type Draft, validEvent } from '../../fuzz/valid-event.ts';

/**
 * Every event that the bus takes and that claims to be an approval is matched by a rule of the synthesized template
 * and leaves exactly one entry, whatever is in it. `test/fuzz` knows which events are right; here nothing is known.
 */
const events = 80;

/** JSON of all shapes, with the names that approvals have and some that objects have anyway. */
const names = [
  'task',
  'ticket',
  'system',
  'id',
  'target',
  'approvals',
  'approver',
  '__proto__',
  'constructor',
  '',
];
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1e21,
      '',
      'unlock-s3-bucket',
      'Unlock-S3-Bucket',
      '\u202e',
      'é',
    ),
    fc.string({ maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 3 })), tie('value'), {
      maxKeys: 3,
    }),
  ),
})).value;

const members = ['schemaVersion', 'ticket', 'task', 'target', 'reason', 'requestedBy', 'approvals', 'dryRun'];

/** An approval of which some members are replaced, taken away, put into a list or given twice. */
const changes = fc.array(
  fc.record({
    member: fc.constantFrom(...members),
    how: fc.constantFrom('replaced', 'away', 'in a list', 'in an object', 'twice', 'twice, reversed'),
    value: anything,
  }),
  { maxLength: 3 },
);

type Change = { readonly member: string; readonly how: string; readonly value: unknown };

function apply(draft: Draft, { member, how, value }: Change): void {
  const { detail } = draft;
  const before = draft.text;
  const own = JSON.stringify(member);
  const other = JSON.stringify(value);
  switch (how) {
    case 'replaced':
      detail[member] = value;
      return;
    case 'away':
      delete detail[member];
      return;
    case 'in a list':
      detail[member] = [detail[member], value];
      return;
    case 'in an object':
      detail[member] = { [member]: detail[member] };
      return;
    case 'twice':
      draft.text = (json) => before(json).replace(/\}$/, `,${own}:${other}}`).replace(/^\{,/, '{');
      return;
    default:
      draft.text = (json) => before(json).replace(/^\{/, `{${own}:${other},`).replace(/,\}$/, '}');
  }
}

const spellings = [
  'Root Task Approved',
  'root task approved',
  'ROOT TASK APPROVED',
  'Root Task Approved!',
  'Root  Task Approved',
];

const mostly = <Usual, Other>(usual: Usual, other: fc.Arbitrary<Other>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other });

const plan = fc.record({
  changes: fc.oneof(fc.constant([]), changes),
  whole: mostly(null, fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 4 })),
  detailType: mostly('Root Task Approved', fc.constantFrom(...spellings)),
  source: mostly('acme.tickets', fc.constantFrom('Acme.Tickets', 'other')),
  sender: mostly(senderAccount, fc.constantFrom(otherAccount, delegatedAdministrator)),
  replayName: mostly(null, fc.string({ minLength: 1, maxLength: 10 })),
  task: fc.constantFrom(...approvableTasks),
});

type Chosen = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

function sampleOf(nth: number, chosen: Chosen): Sample {
  return {
    nth,
    task: chosen.task,
    mutations: [],
    verdict: 'either',
    draft: (now) => draftOf(nth, chosen, now),
  };
}

function draftOf(nth: number, chosen: Chosen, now: number): Draft {
  const { detailType, replayName, sender, source, whole, task } = chosen;
  const draft: Draft = { ...validEvent(nth, task, now, null), detailType, replayName, sender, source };
  if (whole !== null) draft.detail = whole;
  for (const change of chosen.changes) apply(draft, change);
  return draft;
}

it(`${events} events of any shape: each is taken by a rule and leaves one entry, and nothing waits at the end`, async () => {
  const samples = fc
    .sample(plan, { seed: 20_261_121, numRuns: events })
    .map((chosen, index) => sampleOf(index + 1, chosen));
  const deployment = readDeployment(await assemblyFor(mergedSettings({})), {
    accountId: delegatedAdministrator,
    region: 'eu-central-1',
    partition: 'aws',
  });
  const { counts, violations } = await carryOut(deployment, samples, findingsIn);

  // What an event comes to is for the fuzz to say, which knows how it was made.
  expect(violations.filter(({ property }) => property !== properties.rulesHold)).toEqual([]);
  // Some of everything was among them.
  expect(counts['succeeded unlocked']).toBeGreaterThan(5);
  expect(counts['refused malformed']).toBeGreaterThan(15);
  expect(counts['refused replayed']).toBeGreaterThan(0);
  expect(counts['refused wrong-sender-account']).toBeGreaterThan(0);
  expect(counts['refused unknown-source']).toBeGreaterThan(0);
});
