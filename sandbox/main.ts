import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { SynthesisError } from './assembly/synthesize.ts';
import { keepCompiledCode } from './scenario/assemblies.ts';
import { readScenarios, ScenarioError } from './scenario/read-scenarios.ts';
import { runScenario } from './scenario/run-scenario.ts';
import { unusedFaults } from './scenario/unused-faults.ts';

const help = `Plays stories against the synthesized app, without an AWS account.

  npm run --silent sandbox -- run <scenario.json>   plays the scenario of a file, or each of a list
  npm run --silent sandbox -- run -                 reads the scenario from standard input

Prints one JSON document: the organization, the trail, notifications, outcomes, dead letters, tries, calls and logs
(a list of such documents for a list of scenarios). Everything else goes to standard error. Exits with 0 when the
story ran, whatever its endings, and with 2 when the file or the command cannot be understood.

Stories to begin with: examples/scenarios/
`;

/** The command or the file cannot be understood: exit code 2. */
class UsageError extends Error {}

async function read(file: string): Promise<string> {
  try {
    return file === '-' ? await text(process.stdin) : readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

async function run(file: string): Promise<void> {
  const { scenarios, isList } = readScenarios(await read(file));
  const answers = [];
  for (const scenario of scenarios) {
    const answer = await runScenario(scenario);
    for (const note of unusedFaults(scenario, answer)) console.error(note);
    answers.push(answer);
  }
  process.stdout.write(`${JSON.stringify(isList ? answers : answers[0], null, 2)}\n`);
}

async function main([command, file, ...more]: string[]): Promise<number> {
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(help);
    return 0;
  }
  try {
    if (command !== 'run' || file === undefined || more.length > 0) {
      throw new UsageError(`expected "run <scenario.json>"\n\n${help}`);
    }
    await run(file);
    return 0;
  } catch (error) {
    if (error instanceof ScenarioError)
      console.error(
        `${file === '-' ? 'standard input' : file} is no scenario that can be played:\n${error.message}`,
      );
    else if (error instanceof SynthesisError)
      console.error(`the app refuses the settings:\n${error.message}`);
    else if (error instanceof UsageError) console.error(error.message);
    else {
      console.error('the sandbox failed:', error);
      return 1;
    }
    return 2;
  }
}

keepCompiledCode();
process.exitCode = await main(process.argv.slice(2));
