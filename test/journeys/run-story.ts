import type { Answer } from '../../sandbox/scenario/answer.ts';
import { parseScenario } from '../../sandbox/scenario/read-scenarios.ts';
import { runScenario } from '../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../sandbox/scenario/schema.ts';

/** Plays a story in a fresh world, as a scenario file would, and gives its answer. */
export function runStory(scenario: ScenarioInput): Promise<Answer> {
  return runScenario(parseScenario(scenario));
}
