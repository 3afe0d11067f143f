import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onlyThePipeline } from './given.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** Runs the command in a process of its own. */
function run(args: readonly string[], input = '') {
  const { status, stderr, stdout } = spawnSync(process.execPath, ['tools/diagnose/main.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stderr, stdout };
}

describe('tools/diagnose/main.ts', () => {
  it('reads the policy from standard input, and writes the result to standard output', () => {
    const { status, stderr, stdout } = run(
      ['-', '--account', '156041421443', '--json'],
      JSON.stringify(onlyThePipeline),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'locks-everyone' });
  });

  it('writes to standard error alone and exits with 2 when it cannot diagnose', () => {
    const { status, stderr, stdout } = run(['nowhere.json', '--account', '156041421443']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('there is no file nowhere.json');
  });
});
