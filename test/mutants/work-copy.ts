import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { apply } from './apply.ts';
import type { Mutant, NamedTests } from './mutant.ts';

/**
 * A run that computes for longer hangs; it is ended, and leaves no report. Counted in seconds of processor time, so that
 * a busy machine ends nothing; Jest itself ends a test that only waits.
 */
const longestSeconds = 900;

/** A copy of the work tree in which mutants are tried, with caches of its own that stay warm from one to the next. */
export class WorkCopy {
  readonly #tree: string;
  readonly #cache: string;
  readonly #report: string;

  /** Copies the work tree at `root`, as Git sees it: what is tracked, and what is new and not ignored. */
  constructor(root: string, directory: string) {
    this.#tree = join(directory, 'tree');
    this.#cache = join(directory, 'cache');
    this.#report = join(directory, 'report.json');
    mkdirSync(this.#tree, { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.#tree, 'node_modules'));
    for (const file of filesOf(root)) {
      mkdirSync(join(this.#tree, dirname(file)), { recursive: true });
      copyFileSync(join(root, file), join(this.#tree, file));
    }
  }

  /** Runs something while mutants are in their files. Throws a DoesNotApplyError; takes the mutants out in any case. */
  async withMutants<Result>(mutants: readonly Mutant[], run: () => Promise<Result>): Promise<Result> {
    const originals = new Map<string, string>();
    try {
      for (const mutant of mutants) {
        const path = join(this.#tree, mutant.file);
        const text = readFileSync(path, 'utf8');
        const mutated = apply(mutant, text);
        if (!originals.has(path)) originals.set(path, text);
        writeFileSync(path, mutated);
      }
      return await run();
    } finally {
      for (const [path, text] of originals) writeFileSync(path, text);
    }
  }

  /** Runs tests in one run of Jest; they share a name, or have none. Returns the JSON report, null when there is none. */
  async test(files: readonly string[], name: NamedTests['name']): Promise<unknown> {
    rmSync(this.#report, { force: true });
    const words = [
      join('node_modules', 'jest', 'bin', 'jest.js'),
      ...[
        '--runInBand',
        '--forceExit',
        '--ci',
        '--silent',
        '--watchman=false',
        `--cacheDirectory=${this.#cache}`,
      ],
      ...['--json', `--outputFile=${this.#report}`],
      ...(name === undefined ? [] : [`--testNamePattern=${escaped(name)}`]),
      '--runTestsByPath',
      ...files,
    ];
    await ended(process.execPath, words, this.#tree);
    return existsSync(this.#report) ? JSON.parse(readFileSync(this.#report, 'utf8')) : null;
  }

  /**
   * Checks the types of the whole copy, anew only where files have changed since the last time. Returns the faults of the
   * compiler; null when there are none.
   */
  async compile(): Promise<string | null> {
    const { code, output } = await ended(
      join('node_modules', '.bin', 'tsc'),
      ['--noEmit', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', `${this.#cache}.tsbuildinfo`],
      this.#tree,
    );
    return code === 0 ? null : output.trim() || `tsc ended with ${code}`;
  }
}

function filesOf(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = listed.split('\0').filter((file) => file !== '');
  // A file that was deleted and is not yet committed is listed all the same.
  return files.filter((file) => existsSync(join(root, file)) && statSync(join(root, file)).isFile());
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Runs a program to its end. Its code is null when a signal ended it. */
function ended(program: string, words: readonly string[], cwd: string) {
  return new Promise<{ readonly code: number | null; readonly output: string }>((resolve, reject) => {
    const limited = ['-c', `ulimit -t ${longestSeconds} && exec "$0" "$@"`, program, ...words];
    const child = spawn('sh', limited, { cwd, stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
