import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Seconds that a command takes, or why there are none. */
export function secondsOf(...args: [string, ...string[]]): string {
  const begun = performance.now();
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
  const seconds = (performance.now() - begun) / 1000;
  return status === 0 ? `${seconds.toFixed(1)} s` : `failed with code ${status}`;
}
