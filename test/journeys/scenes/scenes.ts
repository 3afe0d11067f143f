import { type RootTaskName, rootTaskNames } from '../../../contract/root-tasks.ts';
import { isFullRun } from '../../support/full.ts';
import type { Scene } from './scene.ts';
import { unlockS3BucketScene } from './unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from './unlock-sqs-queue.ts';

/**
 * The journeys of every root task that unlocks are played in these: a further such row of the table needs one more here.
 * Those on root credentials have no policy to lock, and their journeys are in `root-credentials/`; those that put a
 * policy back begin where an unlocking has ended, and theirs are in `policies/restore*`.
 */
const scenes: Readonly<Partial<Record<RootTaskName, Scene>>> = {
  'unlock-s3-bucket': unlockS3BucketScene,
  'unlock-sqs-queue': unlockSqsQueueScene,
};

/** Tests run without their types: so that no root task is left out, its scene is asked for by its name. */
function sceneOf(task: RootTaskName): Scene {
  const scene = scenes[task];
  if (scene?.task !== task) throw new Error(`${task} has no scene: its journeys would not be played`);
  return scene;
}

/** One for each row of the table of root tasks that takes a policy off its target. */
export const everyScene: readonly Scene[] = rootTaskNames
  .filter((task) => task.startsWith('unlock-'))
  .map(sceneOf);

/** For the parts of the way that are the same code for every root task, and are walked once. */
export const [firstScene = sceneOf(rootTaskNames[0])] = everyScene;

/** `npm test` walks that part of the way once, `npm run test:full` for every root task. */
export const scenesOfRun: readonly Scene[] = isFullRun ? everyScene : [firstScene];
