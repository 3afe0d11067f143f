import { startBusyLoops } from './busy-loops.ts';
import { commandResult, type Result } from './command-result.ts';
import { fixedWork, timeFixedWork } from './fixed-work.ts';
import type { Row } from './row.ts';
import { type CommandRun, timeCommand } from './time-command.ts';

const commands: readonly {
  readonly what: string;
  readonly words: readonly [string, ...string[]];
  readonly aim: string;
}[] = [
  { what: '`npm test`', words: ['npm', 'test'], aim: 'at most 120 s' },
  { what: '`npm run test:full`', words: ['npm', 'run', 'test:full'], aim: 'at most 480 s' },
  {
    what: 'synthesis, `npx cdk synth`',
    words: ['npx', 'cdk', 'synth', '--quiet', '--no-notices', '--context', 'settings=examples/settings.json'],
    aim: 'at most 12 s',
  },
  { what: '`npm run demo`', words: ['npm', 'run', 'demo'], aim: 'at most 20 s' },
];

/**
 * Times of the commands that a contributor waits for, each in seconds and against the fixed work, which is timed right
 * before and right after it. A command that fails makes the bench end with 1.
 */
export async function benchTests(row: Row): Promise<void> {
  let before = await timeFixedWork();
  row(`the fixed work: ${fixedWork}`, `${before.toFixed(1)} s`);
  for (const { aim, what, words } of commands) {
    const run = await timeCommand(words);
    const after = await timeFixedWork();
    report(row, `${what} after \`npm ci\`, on two cores`, run, commandResult(run, (before + after) / 2), aim);
    before = after;
  }
}

/** Whether the tests pass on a busy machine: two loops take their share of the cores until the tests have ended. */
export async function benchBusy(row: Row): Promise<void> {
  const stop = startBusyLoops(2);
  try {
    const run = await timeCommand(['npm', 'test'], 'show');
    report(row, '`npm test` beside two busy loops', run, commandResult(run), 'passes');
  } finally {
    await stop();
  }
}

function report(
  row: Row,
  what: string,
  { output }: CommandRun,
  { isPassed, text }: Result,
  aim: string,
): void {
  row(what, text, aim);
  if (isPassed) return;
  process.stderr.write(output);
  process.exitCode = 1;
}
