import { benchOneTask } from './one-task.ts';
import { benchOrganization } from './organization/main.ts';
import { benchPolicy } from './policy.ts';
import { type BenchCommand, type Part, readCommand, UsageError, usage } from './read-command.ts';
import { benchBusy, benchTests } from './tests.ts';

/**
 * `npm run bench`: the numbers of the README, all from one run on this machine. `npm run bench -- <part>`: one part of
 * them (`one-task`, `policy`, `organization` with options of its own, `tests`), or, as `busy`, whether the tests pass on
 * a busy machine. `npm run bench -- --help` says more. Ends with 1 when a command that it times fails, and with 2 when
 * its own words are not understood.
 */

const row = (what: string, value: string, aim = '') => console.log(`| ${what} | ${value} | ${aim} |`);

async function run({ organization, parts }: Extract<BenchCommand, { kind: 'run' }>): Promise<void> {
  const benches: Readonly<Record<Part, () => Promise<void> | void>> = {
    'one-task': () => benchOneTask(row),
    policy: () => benchPolicy(row),
    organization: () => benchOrganization(organization, row),
    tests: () => benchTests(row),
    busy: () => benchBusy(row),
  };
  row('what', 'measured', 'aim');
  row('---', '---', '---');
  for (const part of parts) await benches[part]();
}

try {
  const command = readCommand(process.argv.slice(2));
  if (command.kind === 'help') process.stdout.write(usage);
  else await run(command);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
