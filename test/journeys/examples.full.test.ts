import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { approvableTasks, organizationTasks } from '../../contract/root-tasks.ts';
import { endings, expectToldOnce } from './given.ts';
import { runStory } from './run-story.ts';

const examples = join(import.meta.dirname, '../../examples');
const read = (path: string) => JSON.parse(readFileSync(join(examples, path), 'utf8'));

type Story = readonly [ending: string, tries: boolean[], kinds: string[]];

/** What each example comes to: its ending, whether the administrator gets in each time, what is in the trail. */
const stories: Readonly<Record<string, Story>> = {
  'unlock-s3-bucket': ['unlocked', [false, true], ['approved', 'acting', 'ended']],
  'unlock-sqs-queue': ['unlocked', [false, true], ['approved', 'acting', 'ended']],
  'repair-s3-bucket': ['repaired', [false, false, true, true, false, true], ['approved', 'acting', 'ended']],
  'repair-sqs-queue': ['repaired', [false, false, true, false], ['approved', 'acting', 'ended']],
  'queue-policy-shows-late': ['unlocked', [true], ['approved', 'acting', 'ended']],
  'crash-after-delete': ['unlocked', [true], ['approved', 'acting', 'ended']],
  'delivered-fifty-times': ['unlocked', [], ['approved', 'acting', 'ended']],
  'dry-run': ['would-unlock', [false], ['approved', 'ended']],
  'feature-not-enabled': ['root-sessions-not-enabled', [false], ['approved', 'ended']],
  'nothing-to-do': ['no-policy', [], ['approved', 'ended']],
  'refused-requester-approves': ['requester-approved', [false], ['refused']],
  'repaired-between-crash-and-retry': ['target-changed', [true], ['approved', 'acting', 'ended']],
  'audit-root-credentials': ['audited-with-credentials', [], ['approved', 'ended']],
  'delete-root-credentials': ['root-credentials-deleted', [], ['approved', 'acting', 'ended']],
};

/**
 * Those in which more than one request ends, or a request that nobody is told of: what they end as, one by one, and who
 * gets in.
 */
const longStories: Readonly<
  Record<string, { readonly told: string[]; readonly accounts: string[]; readonly tries?: boolean[] }>
> = {
  'allow-root-password-recovery': {
    told: ['password-recovery-allowed', 'password-recovery-closed'],
    accounts: [],
  },
  'audit-the-organization': {
    told: ['organization-audited-in-part'],
    accounts: ['audited-clean', 'audited-clean', 'audited-with-credentials', 'audited-with-unknown'],
  },
  'delete-across-the-organization': {
    told: ['organization-audited-in-part', 'organization-credentials-deleted'],
    accounts: [],
  },
  'rehearse-then-repair': { told: ['would-repair', 'repaired'], accounts: [], tries: [false, true] },
  'restore-s3-bucket-policy': { told: ['unlocked', 'restored'], accounts: [], tries: [false, true] },
  'restore-sqs-queue-policy': { told: ['unlocked', 'restored'], accounts: [], tries: [false, true] },
};

/** Its year takes seconds, and a year passes in another test. */
const notPlayed = ['approval-replayed-a-year-later'];

it('no example is forgotten', () => {
  const names = readdirSync(join(examples, 'scenarios')).map((file) => file.replace(/\.json$/, ''));
  expect(names.sort()).toEqual([...Object.keys(stories), ...Object.keys(longStories), ...notPlayed].sort());
});

it.each(Object.entries(stories))('examples/scenarios/%s.json', async (name, [code, tries, kinds]) => {
  const answer = await runStory(read(`scenarios/${name}.json`));

  expect(endings(answer)).toMatchObject([{ code }]);
  expect(answer.tries.map(({ allowed }) => allowed)).toEqual(tries);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(kinds);
  expectToldOnce(answer);
  expect(answer.deadLetters).toEqual([]);
});

const codesOf = (ended: ReturnType<typeof endings>) => ended.map(({ code }) => code);

it.each(Object.entries(longStories))(
  'examples/scenarios/%s.json',
  async (name, { told, accounts, tries = [] }) => {
    const answer = await runStory(read(`scenarios/${name}.json`));

    const ofAccount = endings(answer).filter(({ requestId }) => requestId.includes('/accounts/'));
    const others = endings(answer).filter((ending) => !ofAccount.includes(ending));
    expect(codesOf(others)).toEqual(told);
    if (accounts.length > 0) expect(codesOf(ofAccount).sort()).toEqual(accounts);
    expect(answer.tries.map(({ allowed }) => allowed)).toEqual(tries);
    expect(answer.notifications).toHaveLength(told.length);
    expect(answer.outcomes.map(({ detail }) => Reflect.get(Object(detail), 'entryHash'))).toEqual(
      others.map(({ hash }) => hash),
    );
    expect(answer.deadLetters).toEqual([]);
  },
);

/** Each root task that a ticket can ask for, and once more where it can ask for the organization. */
const sending: readonly (readonly [scenario: string, event: string])[] = [
  ...approvableTasks.map((task) => [task, task] as const),
  ...organizationTasks.map((task) => {
    const [verb] = task.split('-');
    return [
      `${verb}-${verb === 'audit' ? 'the' : 'across-the'}-organization`,
      `${task}-of-the-organization`,
    ] as const;
  }),
];

it('no example of an event is forgotten', () => {
  const names = readdirSync(join(examples, 'events')).map((file) => file.replace(/\.json$/, ''));
  expect(names.sort()).toEqual(sending.map(([, event]) => event).sort());
});

it.each(sending)('the story %s sends the example event %s', (scenario, name) => {
  const event = read(`events/${name}.json`);
  const { steps } = read(`scenarios/${scenario}.json`);

  const sent = steps.flatMap(({ putEvents }: { readonly putEvents?: object }) => putEvents ?? []).at(-1);
  expect(sent.entry).toEqual({
    Source: event.source,
    DetailType: event['detail-type'],
    Detail: event.detail,
  });
});
