import { type RootTaskName, rootTaskNames, rootTasks } from '../../../contract/root-tasks.ts';
import type { Scene } from './scene.ts';
import { unlockS3BucketScene } from './unlock-s3-bucket.ts';
import { unlockSqsQueueScene } from './unlock-sqs-queue.ts';

/**
 * The journeys of every root task on a resource policy are played in these: a further row of the table needs one more
 * here. Those on root credentials have no policy to lock, and their journeys are in `root-credentials/`.
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

/** One for each row of the table of root tasks whose target has a policy. */
export const everyScene: readonly Scene[] = rootTaskNames
  .filter((task) => rootTasks[task].target !== 'account')
  .map(sceneOf);

/** For the parts of the way that are the same code for every root task, and are walked once. */
export const [firstScene = sceneOf(rootTaskNames[0])] = everyScene;
