import type { Answer } from '../../../sandbox/scenario/answer.ts';
import { answerOf } from '../../../sandbox/scenario/answer.ts';
import { playStep } from '../../../sandbox/scenario/play-step.ts';
import { parseScenario } from '../../../sandbox/scenario/read-scenarios.ts';
import { setStage } from '../../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../../sandbox/scenario/schema.ts';
import type { World } from '../../../sandbox/world.ts';
import { expectNoSecrets } from '../expect-no-secrets.ts';
import type { Fault, Step } from './scene.ts';
import { type Mark, markOf, since } from './since.ts';

/** Steps one after the other; those in a list of their own all at once. */
export type Plot = readonly (Step | readonly Step[])[];

/** One world in which story after story is played: worlds cost time. */
export interface Stories {
  readonly world: World;
  /** Plays these steps to their end, under these faults: what came of it, and of nothing before. */
  play(steps: Plot, faults?: readonly Fault[]): Promise<Answer>;
  /** What happens by schedule would be counted as the next story's, and meet its faults: it happens now. */
  letSchedulesPass(longestStory: number): Promise<void>;
  /** Lets so many milliseconds pass between two stories. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const schedulePeriod = 15 * 60_000;

export async function openStories(input: Partial<ScenarioInput>): Promise<Stories> {
  const scenario = parseScenario({ ...input, steps: [] });
  const stage = await setStage(scenario);
  const { world } = stage;
  const openedAt = world.clock.now();
  const answer = () => answerOf(scenario, world, stage.tries);
  /** What the last story left, while nothing else has happened: a mark costs a reading of the whole trail. */
  let seen: Mark | undefined;
  let hasPlayed = false;

  async function pass(milliseconds: number): Promise<void> {
    seen = undefined;
    await world.advance(milliseconds);
  }

  async function playAtOnce(given: Step[]): Promise<void> {
    const { steps } = parseScenario({ ...input, steps: given });
    await Promise.all(steps.map((step) => playStep(stage, step)));
  }

  return {
    world,
    pass,
    async letSchedulesPass(longestStory) {
      const left = schedulePeriod - ((world.clock.now() - openedAt) % schedulePeriod);
      if (left < longestStory) await pass(left + 1_000);
    },
    async play(steps, faults = []) {
      hasPlayed = true;
      seen ??= markOf(await answer());
      const before = seen;
      world.aws.setFaults(faults.map((fault) => ({ times: 1, ...fault })));
      for (const given of steps) await playAtOnce([given].flat());
      world.aws.setFaults([]);
      const after = await answer();
      seen = markOf(after);
      return since(before, after);
    },
    async close() {
      try {
        if (hasPlayed) expectNoSecrets(await answer(), world.aws.issuedCredentials());
      } finally {
        await world.close();
      }
    },
  };
}
