import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '../../..');
const unlock = 'examples/scenarios/unlock-s3-bucket.json';

async function run(script: string, parameters: readonly string[], input = '') {
  const env = { ...process.env, FORCE_COLOR: undefined };
  const child = spawn(process.execPath, [script, ...parameters], { cwd: root, env });
  child.stdin.end(input);
  const exited = new Promise<number | null>((done) => child.once('close', done));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { stdout, stderr, code };
}
const sandbox = (parameters: readonly string[], input?: string) => run('sandbox/main.ts', parameters, input);

test('a scenario comes to one JSON document on standard output', async () => {
  const { stdout, code } = await sandbox(['run', unlock]);

  expect(code).toBe(0);
  expect(Object.keys(JSON.parse(stdout))).toEqual([
    'organization',
    'trail',
    'notifications',
    'outcomes',
    'deadLetters',
    'parked',
    'tries',
    'objects',
    'executions',
    'schedules',
    'calls',
    'logs',
  ]);
});

test('a list of scenarios from standard input comes to a list, each from a fresh world', async () => {
  const story = { now: '2026-11-20T10:00:00Z', steps: [] };

  const { stdout, stderr, code } = await sandbox(['run', '-'], JSON.stringify([story, story]));

  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(JSON.parse(stdout)).toMatchObject([{ calls: [] }, { calls: [] }]);
});

test.each([
  ['a file with faults', ['run', '-'], '{"steps":[{"advanceClock":"1h"}]}', 'steps[0].advanceClock'],
  ['a file that is not there', ['run', 'nowhere.json'], '', 'nowhere.json cannot be read'],
  ['no file', ['run'], '', 'expected "run <scenario.json>"'],
  ['an unknown command', ['play', unlock], '', 'expected "run <scenario.json>"'],
])('%s is said on standard error, with exit code 2', async (_, parameters, input, message) => {
  const { stdout, stderr, code } = await sandbox(parameters, input);

  expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
  expect(stderr).toContain(message);
});

test('help is there', async () => {
  expect(await sandbox(['--help'])).toMatchObject({
    code: 0,
    stderr: '',
    stdout: expect.stringContaining('run -'),
  });
});

test('the demo tells the story, without escape codes where there is no terminal', async () => {
  const { stdout, stderr, code } = await run('sandbox/demo/main.ts', []);

  expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
  expect(stdout).not.toContain('\u001b');
  expect(stdout).not.toContain('undefined');
  // Every happening in words: no call by its bare name.
  expect(stdout).not.toMatch(/ (?:ssm|dynamodb):[A-Z]/);
  for (const line of ['reads the kill switch: root tasks may run', 'remembers that this was told'])
    expect(stdout).toContain(line);
  const told = [
    'with an explicit deny in a',
    'puts "Root Task Approved" on bus rootdesk',
    'takes the lock of this request',
    'records the approval of ticket SEC-1234 by lead@example.com',
    'opens a root session in account 156041421443',
    'finds bucket project-prod-1 in eu-north-1',
    'keeps the policy that is there (sha256',
    'deletes the policy',
    'reads back: there is none',
    'records the ending: succeeded (unlocked)',
    'tells on-call',
    'is authorized to perform',
    'ended: succeeded',
    'What to try next',
  ];
  expect(told.filter((line) => !stdout.includes(line))).toEqual([]);
  expect(told.map((line) => stdout.indexOf(line))).toEqual(
    told.map((line) => stdout.indexOf(line)).toSorted((a, b) => a - b),
  );
  // The hop to the task role overlaps the recording of the approval: either may be first.
  const hop = stdout.indexOf('assumes the task role, with source identity');
  expect(hop).toBeGreaterThan(stdout.indexOf('takes the lock of this request'));
  expect(hop).toBeLessThan(stdout.indexOf('opens a root session'));
});
