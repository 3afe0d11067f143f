import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Recording, recordingVariable } from './recording.ts';

const root = join(import.meta.dirname, '../..');

/** The app refused its settings, or failed; the message is what it wrote to stderr. */
export class SynthesisError extends Error {
  override readonly name = 'SynthesisError';
}

/** The context that the CDK CLI would give the app: that of cdk.json, and where each resource's asset lies. */
function contextOfApp(): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  return { ...context, 'aws:cdk:enable-asset-metadata': true };
}

/** Variables that say where this machine keeps temporary files; no other is passed on, so that none can decide. */
const passedOn = ['TMPDIR', 'TMP', 'TEMP', 'SystemRoot'];

function passedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    passedOn.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Runs Node in the project's folder; nothing but its own output to stderr is left of a run that fails. */
function run(words: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      code === 0 ? done() : fail(new SynthesisError(stderr.trim() || `the app ended with code ${code}`)),
    );
  });
}

export interface RecordedRunOptions {
  /** Where the process writes what it makes: what is read there is no input. */
  readonly ownDirectory: string;
  /** A directory in which bundles are cached. @default esbuild runs */
  readonly bundles?: string;
  /** Variables of its environment beside a few that name temporary directories. @default none */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a program of this project that uses CDK, in an environment that holds nothing of this process's. The checks of
 * CloudFormation's own rules, which change nothing in a template and take longer than all the rest, are left out.
 *
 * @returns the paths of all files that it read, modules included
 * @throws SynthesisError with what it wrote to stderr, when it fails
 */
export async function runRecorded(
  words: readonly string[],
  { ownDirectory, bundles, environment = {} }: RecordedRunOptions,
): Promise<readonly string[]> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'rootdesk-run-')));
  try {
    const recording: Recording = {
      target: join(directory, 'files-read.json'),
      ownDirectories: [directory, realpathSync(ownDirectory), resolve(ownDirectory)],
      bundles: bundles === undefined ? undefined : resolve(bundles),
    };
    await run(['--import', join(import.meta.dirname, 'record-files-read.ts'), ...words], {
      ...passedEnvironment(),
      ...environment,
      // CDK keeps digests of directories in the home directory, and takes them by the times of files.
      HOME: directory,
      USERPROFILE: directory,
      CDK_VALIDATION: 'false',
      [recordingVariable]: JSON.stringify(recording),
    });
    return JSON.parse(readFileSync(recording.target, 'utf8'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Runs the CDK app with these settings, as the CDK CLI does but for `runRecorded`, and leaves the cloud assembly in
 * `outDir`.
 *
 * @param options.bundles a directory in which bundles are cached; without it esbuild runs
 * @returns the paths of all files that the assembly was made of: the app's, and those of packages
 * @throws SynthesisError with the app's message, when it refuses the settings
 */
export async function synthesize(
  settings: unknown,
  outDir: string,
  options: Pick<RecordedRunOptions, 'bundles'> = {},
): Promise<readonly string[]> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const settingsFile = join(outDir, 'settings.json');
  writeFileSync(settingsFile, JSON.stringify(settings, null, 2));
  try {
    return await runRecorded(['bin/rootdesk.ts'], {
      ...options,
      ownDirectory: outDir,
      environment: {
        CDK_OUTDIR: resolve(outDir),
        CDK_CONTEXT_JSON: JSON.stringify({ ...contextOfApp(), settings: resolve(settingsFile) }),
      },
    });
  } finally {
    rmSync(settingsFile, { force: true });
  }
}
