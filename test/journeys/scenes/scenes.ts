import { type RootTaskName, rootTaskNames } from '../../../contract/root-tasks.ts';
import type { Scene } from './scene.ts';
import { unlockS3BucketScene } from './unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from './unlock-sqs-queue.ts';

/** The journeys of every root task are played in these: a further row of the table needs one more here. */
const scenes: Readonly<Record<RootTaskName, Scene>> = {
  'unlock-s3-bucket': unlockS3BucketScene,
  'unlock-sqs-queue': unlockSqsQueueScene,
};

/** Tests run without their types: so that no root task is left out, its scene is asked for by its name. */
function sceneOf(task: RootTaskName): Scene {
  const scene: Scene | undefined = scenes[task];
  if (scene?.task !== task) throw new Error(`${task} has no scene: its journeys would not be played`);
  return scene;
}

/** One for each row of the table of root tasks. */
export const everyScene: readonly Scene[] = rootTaskNames.map(sceneOf);

/** For the parts of the way that are the same code for every root task, and are walked once. */
export const [firstScene = sceneOf(rootTaskNames[0])] = everyScene;
