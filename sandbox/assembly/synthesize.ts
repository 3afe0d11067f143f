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

function environmentOfApp(own: Record<string, string>): Record<string, string> {
  const passed = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), ...own };
}

function run(environment: Record<string, string>): Promise<void> {
  const recorder = join(import.meta.dirname, 'record-files-read.ts');
  const child = spawn(process.execPath, ['--import', recorder, 'bin/rootdesk.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environmentOfApp(environment),
  });
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

export interface SynthesisOptions {
  /** A directory in which bundles are cached. @default esbuild runs */
  readonly bundles?: string;
}

/**
 * Runs the CDK app with these settings, as the CDK CLI does, and leaves the cloud assembly in `outDir`. The checks of
 * CloudFormation's own rules, which change nothing in it and take longer than all the rest, are left out.
 *
 * @returns the paths of all files that the assembly was made of: the app's, and those of packages
 * @throws SynthesisError with the app's message, when it refuses the settings
 */
export async function synthesize(
  settings: unknown,
  outDir: string,
  { bundles }: SynthesisOptions = {},
): Promise<readonly string[]> {
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'rootdesk-settings-')));
  try {
    const settingsFile = join(directory, 'settings.json');
    writeFileSync(settingsFile, JSON.stringify(settings, null, 2));
    const recording: Recording = {
      target: join(directory, 'files-read.json'),
      ownDirectories: [directory, realpathSync(outDir), resolve(outDir)],
      bundles: bundles === undefined ? undefined : resolve(bundles),
    };
    await run({
      CDK_OUTDIR: resolve(outDir),
      CDK_CONTEXT_JSON: JSON.stringify({ ...contextOfApp(), settings: settingsFile }),
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
