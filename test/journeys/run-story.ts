import type { Answer } from '../../sandbox/scenario/answer.ts';
import { parseScenario } from '../../sandbox/scenario/read-scenarios.ts';
import { runScenario } from '../../sandbox/scenario/run-scenario.ts';
import type { ScenarioInput } from '../../sandbox/scenario/schema.ts';
import { expectNoSecrets } from './expect-no-secrets.ts';

/** Plays a story in a fresh world, as a scenario file would, and gives its answer; no story may give a secret away. */
export function runStory(scenario: ScenarioInput): Promise<Answer> {
  return runScenario(parseScenario(scenario), (answer, { aws }) =>
    expectNoSecrets(answer, aws.issuedCredentials()),
  );
}
