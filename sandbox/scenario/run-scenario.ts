import { accountOfArn } from '../../contract/account-id.ts';
import { settings } from '../../contract/settings.ts';
import { readDeployment } from '../assembly/read-deployment.ts';
import type { CallRecord, Decision } from '../parts.ts';
import { createWorld, type World } from '../world.ts';
import { type Answer, answerOf } from './answer.ts';
import { assemblyFor } from './assemblies.ts';
import { mergedSettings } from './merged-settings.ts';
import { worldOrganization } from './organization.ts';
import { playStep, type Stage } from './play-step.ts';
import { ScenarioError } from './read-scenarios.ts';
import type { Scenario } from './schema.ts';

/** Where the product is deployed in every story. */
const region = 'eu-central-1';
const partition = 'aws';

/** Sets the stage of a scenario: the app synthesized with its settings, running in its organization. */
export async function setStage(
  scenario: Scenario,
  onCall?: (call: CallRecord) => void,
  startsWarm = false,
): Promise<Stage & { readonly world: World; readonly tries: Decision[] }> {
  const ownSettings = mergedSettings(scenario.settings);
  const [source] = settings.parse(ownSettings).ticketSources;
  const [senderRoleArn = ''] = source?.senderRoleArns ?? [];
  const accountId = scenario.organization.delegatedAdminAccountId;
  const cdkOut = await assemblyFor(ownSettings);
  const now = scenario.now === undefined ? undefined : Date.parse(scenario.now);
  const world = await createWorld({
    deployment: readDeployment(cdkOut, { accountId, region, partition }),
    organization: worldOrganization(
      scenario.organization,
      accountOfArn(senderRoleArn) ?? accountId,
      now ?? Date.now(),
    ),
    faults: scenario.faults,
    latencyMs: scenario.latencyMs,
    showsAfterMs: scenario.showsAfterMs,
    subscriptions: scenario.subscriptions,
    rootTasks: scenario.rootTasks,
    startsWarm,
    ...(now !== undefined && { now }),
    ...(onCall !== undefined && { onCall }),
  });
  return { world, senderRoleArn, tries: [] };
}

const blamed = [
  'try',
  'putBucketPolicy',
  'putQueuePolicy',
  'setParameter',
  'redrive',
  'invoke',
  'createRootCredential',
  'useRootCredential',
  'changeAccount',
] as const;

/** A step that asks for what is not there (an unknown action, bucket or function) is a fault of the scenario. */
async function playAt(index: number, step: Scenario['steps'][number], stage: Stage): Promise<void> {
  try {
    await playStep(stage, step);
  } catch (cause) {
    const asked = blamed.find((kind) => step[kind] !== undefined);
    if (asked === undefined) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    const message = `${said}; found ${JSON.stringify(step[asked])}`;
    throw new ScenarioError([{ path: `steps[${index}].${asked}`, message }]);
  }
}

/** Plays a scenario in a fresh world; `look` sees that world and the answer before the world ends. */
export async function runScenario(
  scenario: Scenario,
  look?: (answer: Answer, world: World) => void,
): Promise<Answer> {
  const stage = await setStage(scenario, undefined, scenario.faults.length === 0);
  try {
    for (const [index, step] of scenario.steps.entries()) await playAt(index, step, stage);
    const answer = await answerOf(scenario, stage.world, stage.tries);
    look?.(answer, stage.world);
    return answer;
  } finally {
    await stage.world.close();
  }
}
