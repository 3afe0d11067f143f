import { rootTaskNames } from '../../../contract/root-tasks.ts';
import { targetSchemaOf } from '../../../contract/target.ts';
import { everyRestore } from '../policies/restore-acts.ts';
import { everyPart } from '../root-credentials/parts.ts';
import { everyScene } from './scenes.ts';

it('the journeys of every root task are played: in a scene, behind one, or in a part on root credentials', () => {
  const played = [...everyScene, ...everyRestore, ...everyPart].map(({ task }) => task);
  expect(played.sort()).toEqual([...rootTaskNames].sort());
});

describe.each(everyScene)('the scene of $task', (scene) => {
  const names = Array.from({ length: 110 }, (_, index) => scene.nameOf(index + 1));

  it('has a target of its own for every ticket', () => {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names)
      expect(targetSchemaOf(scene.task).safeParse(scene.target(name)).success).toBe(true);
  });

  it('has targets whose names begin alike', () => {
    const [first = ''] = names;
    expect(names.filter((name) => name.startsWith(first)).length).toBeGreaterThan(1);
  });

  it('lies in another Region than the stack', () => {
    expect(scene.region).not.toBe('eu-central-1');
  });
});
