import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { entryHash, trailEntry } from '../../contract/trail-entry.ts';
import { keepCompiledCode } from '../scenario/assemblies.ts';
import { playStep, type Stage } from '../scenario/play-step.ts';
import { administratorOf } from '../scenario/principals.ts';
import { parseScenario } from '../scenario/read-scenarios.ts';
import { setStage } from '../scenario/run-scenario.ts';
import type { Step } from '../scenario/steps-schema.ts';
import { type TrailItem, trailOf } from '../scenario/trail.ts';
import { createNarrator, type Narrator } from './narrator.ts';
import { page } from './page.ts';
import { trailLine } from './trail-lines.ts';

const storyFile = 'examples/scenarios/unlock-s3-bucket.json';

async function playTry(
  stage: Stage,
  step: Step,
  { accountId, as, action, resource }: NonNullable<Step['try']>,
) {
  const who = as === 'admin' ? `An administrator (${administratorOf(accountId)})` : as;
  page.chapter(`${who} tries ${action} on ${resource}`);
  await playStep(stage, step);
  const result = stage.tries.at(-1);
  if (result?.allowed) page.allowed(result.reason);
  else page.refused(result?.reason ?? '');
}

/** Indented JSON, an object without objects in it on one line. */
function compactJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /\{\s+([^{}]*?)\s+\}/g,
    (_, members: string) => `{ ${members.replaceAll(/\n\s+/g, ' ')} }`,
  );
}

async function playApproval(stage: Stage, step: Step, narrator: Narrator) {
  const { Detail: detail } = step.putEvents?.entry ?? {};
  page.chapter('The ticketing system puts the approved ticket on the bus');
  page.quotation(compactJson(detail));
  page.chapter('What happens, call by call, on the clock of the sandbox');
  await playStep(stage, step);
  await narrator.upToDate();
}

/** The chain holds when every entry covers itself and names the hash of the one before it. */
function chainHolds(trail: readonly TrailItem[]): boolean {
  const entries = trail.map((item) => trailEntry.parse(item));
  return entries.every(
    (entry, index) =>
      entry.hash === entryHash(entry) && entry.previousHash === (entries[index - 1]?.hash ?? null),
  );
}

async function showWhatIsLeft({ world }: Stage) {
  const trail = await trailOf(world);
  page.chapter('The trail');
  page.paragraph(`request ${trail[0]?.requestId}`);
  for (const entry of trail) page.paragraph(trailLine(entry));
  page.paragraph(
    chainHolds(trail)
      ? 'Checked: each hash covers its entry and the hash before it.'
      : 'The chain does NOT hold.',
  );
  for (const { subject, message } of world.journal.notifications) {
    page.chapter(`What on-call reads: ${subject}`);
    page.quotation(message);
  }
}

function showWhatNext() {
  page.chapter('What to try next');
  page.command(`npm run --silent sandbox -- run ${storyFile}`, 'the same story as one JSON document');
  page.command(
    'npm run --silent sandbox -- run examples/scenarios/crash-after-delete.json',
    'the function dies right after the delete; its retry finishes the story',
  );
  page.command(
    'npm run --silent sandbox -- run examples/scenarios/repaired-between-crash-and-retry.json',
    'the owner repairs the bucket first; the retry keeps its hands off',
  );
  page.command('npm test', 'the guarantees, each with a test that breaks something at the worst moment');
}

const scenario = parseScenario(
  JSON.parse(readFileSync(join(import.meta.dirname, '../..', storyFile), 'utf8')),
);
page.title('rootdesk: an approved ticket becomes one AWS root task, done once, provably');
page.paragraph(
  'The app is synthesized (some seconds) and played on this machine: no AWS account, nothing leaves it.',
);

keepCompiledCode();
const narrator: Narrator = createNarrator(() => stage.world);
const stage = await setStage(scenario, (call) => narrator.hear(call));
try {
  for (const step of scenario.steps) {
    if (step.try !== undefined) await playTry(stage, step, step.try);
    else await playApproval(stage, step, narrator);
  }
  await showWhatIsLeft(stage);
} finally {
  await stage.world.close();
}
showWhatNext();
