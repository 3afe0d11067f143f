import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

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

function run(settingsFile: string, outDir: string): Promise<void> {
  const child = spawn(process.execPath, ['bin/rootdesk.ts'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: resolve(outDir),
      CDK_CONTEXT_JSON: JSON.stringify({ ...contextOfApp(), settings: settingsFile }),
    },
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

/** Runs the CDK app with these settings, as the CDK CLI does, and leaves the cloud assembly in `outDir`. */
export async function synthesize(settings: unknown, outDir: string): Promise<void> {
  rmSync(outDir, { recursive: true, force: true });
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-settings-'));
  try {
    const settingsFile = join(directory, 'settings.json');
    writeFileSync(settingsFile, JSON.stringify(settings, null, 2));
    await run(settingsFile, outDir);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
