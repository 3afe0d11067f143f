import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootTaskNames } from '../../contract/root-tasks.ts';
import { endings, expectToldOnce } from './given.ts';
import { runStory } from './run-story.ts';

const examples = join(import.meta.dirname, '../../examples');
const read = (path: string) => JSON.parse(readFileSync(join(examples, path), 'utf8'));

/** What each example comes to: its ending, whether the administrator gets in each time, what is in the trail. */
const stories: Readonly<Record<string, readonly [ending: string, tries: boolean[], kinds: string[]]>> = {
  'unlock-s3-bucket': ['unlocked', [false, true], ['approved', 'acting', 'ended']],
  'unlock-sqs-queue': ['unlocked', [false, true], ['approved', 'acting', 'ended']],
  'queue-policy-shows-late': ['unlocked', [true], ['approved', 'acting', 'ended']],
  'crash-after-delete': ['unlocked', [true], ['approved', 'acting', 'ended']],
  'delivered-fifty-times': ['unlocked', [], ['approved', 'acting', 'ended']],
  'dry-run': ['would-unlock', [false], ['approved', 'ended']],
  'feature-not-enabled': ['root-sessions-not-enabled', [false], ['approved', 'ended']],
  'nothing-to-do': ['no-policy', [], ['approved', 'ended']],
  'refused-requester-approves': ['requester-approved', [false], ['refused']],
  'repaired-between-crash-and-retry': ['target-changed', [true], ['approved', 'acting', 'ended']],
};

/** Its year takes seconds, and a year passes in another test. */
const notPlayed = ['approval-replayed-a-year-later'];

it('no example is forgotten', () => {
  const names = readdirSync(join(examples, 'scenarios')).map((file) => file.replace(/\.json$/, ''));
  expect(names.sort()).toEqual([...Object.keys(stories), ...notPlayed].sort());
});

it.each(Object.entries(stories))('examples/scenarios/%s.json', async (name, [code, tries, kinds]) => {
  const answer = await runStory(read(`scenarios/${name}.json`));

  expect(endings(answer)).toMatchObject([{ code }]);
  expect(answer.tries.map(({ allowed }) => allowed)).toEqual(tries);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(kinds);
  expectToldOnce(answer);
  expect(answer.deadLetters).toEqual([]);
});

it.each(rootTaskNames)('the story of %s sends the example of its event', (task) => {
  const event = read(`events/${task}.json`);
  const { steps } = read(`scenarios/${task}.json`);

  const [sent] = steps.flatMap(({ putEvents }: { readonly putEvents?: object }) => putEvents ?? []);
  expect(sent.entry).toEqual({
    Source: event.source,
    DetailType: event['detail-type'],
    Detail: event.detail,
  });
});
