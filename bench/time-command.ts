import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assembliesVariable } from '../sandbox/scenario/assemblies.ts';

const root = join(import.meta.dirname, '..');
const keptCharacters = 20_000;

export interface CommandRun {
  readonly seconds: number;
  /** Null where a signal ended the command. */
  readonly exitCode: number | null;
  /** The end of what it wrote; empty where it wrote to the terminal. */
  readonly output: string;
}

/**
 * Runs a command in the project's directory as after `npm ci`: every cache of the project, of Jest and of the CDK CLI
 * is a new, empty directory. `output`: whether what it writes is kept, or shown.
 */
export async function timeCommand(
  [program, ...words]: readonly [string, ...string[]],
  output: 'keep' | 'show' = 'keep',
): Promise<CommandRun> {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-bench-'));
  try {
    const begun = performance.now();
    const child = spawn(program, words, {
      cwd: root,
      stdio: output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        TMPDIR: directory,
        [assembliesVariable]: join(directory, 'assemblies'),
        CDK_OUTDIR: join(directory, 'cdk.out'),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
      },
    });
    let written = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        written = (written + text).slice(-keptCharacters);
      });
    }
    const exitCode = await new Promise<number | null>((done, fail) => {
      child.once('error', fail);
      child.once('close', done);
    });
    return { seconds: (performance.now() - begun) / 1000, exitCode, output: written };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
