import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStory } from './run-story.ts';

const example = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../examples/scenarios', `${name}.json`), 'utf8'));

test('an approved ticket unlocks a bucket that nobody could administer', async () => {
  const answer = await runStory(example('unlock-s3-bucket'));

  expect(answer.tries.map(({ allowed }) => allowed)).toEqual([false, true]);
  expect(answer.trail.map(({ kind }) => kind)).toEqual(['approved', 'acting', 'ended']);
  expect(answer.trail.at(-1)).toMatchObject({ ending: 'succeeded', code: 'unlocked' });
  expect(answer.organization.accounts[0]?.buckets[0]?.policy).toBeNull();
  expect(answer.notifications).toHaveLength(1);
  expect(answer.outcomes).toMatchObject([{ detail: { ending: 'succeeded' } }]);
  expect(answer.deadLetters).toEqual([]);
});
