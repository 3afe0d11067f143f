import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { marshall } from '@aws-sdk/util-dynamodb';
import { digestKey, type TrailDigest } from '../../../contract/trail-digest.ts';
import type { TrailEntry } from '../../../contract/trail-entry.ts';
import { runTrail } from '../../../tools/trail/run-trail.ts';
import { digestOf, givenEntries } from './given.ts';

let mockStandardInput = '';
jest.mock('node:fs', () => {
  const { fsWithStandardInput } =
    jest.requireActual<typeof import('../mock-standard-input.ts')>('../mock-standard-input.ts');
  return fsWithStandardInput(() => mockStandardInput);
});

let folder: string;
let entries: TrailEntry[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trail-'));
  entries = await givenEntries();
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  const bytes = typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content);
  writeFileSync(path, bytes);
  return path;
}

const stored = (digest: TrailDigest, where: string) => written(`${where}/${digestKey(digest.day)}`, digest);

/** Runs the command in this process, with this text on the standard input. */
function run(args: readonly string[], input = '') {
  mockStandardInput = input;
  return runTrail(args);
}

describe('the policy that a request found', () => {
  const requestId = () => entries[0]?.requestId ?? '';
  const found = () => {
    const [acting] = entries.filter((entry) => entry.kind === 'acting');
    return acting !== undefined && 'policy' in acting.before ? acting.before.policy : null;
  };

  it('is printed as AWS gave it', async () => {
    const { status, stdout } = await run(['policy', requestId(), written('whole.json', entries)]);
    expect(stdout).toBe(`${found()}\n`);
    expect(stdout).toContain('"Statement"');
    expect(status).toBe(0);
  });

  it('is printed from the standard input', async () => {
    expect((await run(['policy', requestId(), '-'], JSON.stringify(entries))).stdout).toBe(`${found()}\n`);
  });

  it('is not printed from a chain that somebody touched', async () => {
    const forged = entries.map((entry) =>
      entry.kind === 'acting'
        ? { ...entry, before: { policy: '{"Statement":[]}', sha256: 'a'.repeat(64) } }
        : entry,
    );
    const { status, stderr, stdout } = await run(['policy', requestId(), written('forged.json', forged)]);
    expect(stdout).toBe('');
    expect(stderr).toContain('has a hash that does not cover it');
    expect(status).toBe(2);
  });

  it.each([
    ['a request that is not there', ['policy', 'jira/none'], 'nothing is recorded of jira/none'],
    ['no request', ['policy'], 'say which request found the policy'],
    ['an option of verify', ['policy', 'x', '--json'], '--json and --digests belong to verify'],
  ])('says what is wrong with %s', async (_, args, message) => {
    const [, id] = args;
    const all = id === undefined ? args : [...args, written('whole.json', entries)];
    const { status, stderr } = await run(args.includes('--json') ? args : all);
    expect(stderr).toContain(`cannot print the policy: ${message}`);
    expect(status).toBe(2);
  });

  it('says of a refusal that no policy was read', async () => {
    const refused = entries.at(-1)?.requestId ?? '';
    expect((await run(['policy', refused, written('whole.json', entries)])).stderr).toContain(
      'it never read one',
    );
  });
});

describe('the command', () => {
  it('says that a trail is whole, and what it was not compared with', async () => {
    const { status, stdout } = await run(['verify', written('whole.json', entries)]);
    expect(stdout).toMatch(/^whole: 7 entries in 3 chains\ndigests: none were given\./);
    expect(status).toBe(0);
  });

  it('compares with a folder of digests, and names the first bad entry', async () => {
    stored(digestOf([], '2026-11-19'), 'digests');
    stored(digestOf(entries), 'digests');
    const digests = join(folder, 'digests');
    const whole = await run(['verify', written('whole.json', entries), '--digests', digests]);
    expect(whole).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('every chain is as they saw it'),
    });
    const cut = written('cut.json', entries.slice(0, -1));
    const { status, stdout } = await run(['verify', cut, '--digests', digests]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^bad: entry 1 of refused\/\S+ is missing, and so is its whole chain/);
    expect(stdout).toContain('not whole: 1 finding in 6 entries of 2 chains. The first: entry 1 of refused/');
  });

  it('takes several digests behind the option', async () => {
    const paths = ['2026-11-18', '2026-11-19', '2026-11-20'].map((day) =>
      stored(day === '2026-11-20' ? digestOf(entries) : digestOf([], day), 'several'),
    );
    const { status, stdout } = await run(['verify', written('whole.json', entries), '--digests', ...paths]);
    expect(stdout).toContain('digests: 3 days, from 2026-11-18 to 2026-11-20');
    expect(status).toBe(0);
  });

  it('answers in JSON where asked to', async () => {
    const { status, stdout } = await run(['verify', '-', '--json'], JSON.stringify(entries.slice(1)));
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      whole: false,
      entries: 6,
      findings: [{ code: 'missing', sequence: 1 }],
    });
  });

  it('reads a folder of compressed files, as DynamoDB exports a table', async () => {
    const half = (from: number, to: number) =>
      gzipSync(
        entries
          .slice(from, to)
          .map((entry) => JSON.stringify(entry))
          .join('\n'),
      );
    written('export/a.json.gz', half(0, 2));
    written('export/b.json.gz', half(2, 7));
    expect(await run(['verify', join(folder, 'export')])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('7 entries'),
    });
  });

  it('reads the folder of an export as DynamoDB writes it, with its manifests and checksums', async () => {
    const lines = entries.map((Item) =>
      JSON.stringify({ Item: marshall(Item, { removeUndefinedValues: true }) }),
    );
    const file = {
      itemCount: 7,
      md5Checksum: 'x',
      etag: 'x',
      dataFileS3Key: 'AWSDynamoDB/01/data/a.json.gz',
    };
    const export01 = (name: string, content: unknown) => written(`s3/AWSDynamoDB/01/${name}`, content);
    export01('_started', '');
    for (const name of ['manifest-files', 'manifest-summary']) {
      export01(`${name}.json`, `${JSON.stringify(file)}\n`);
      export01(`${name}.checksum`, 'x');
      export01(`${name}.md5`, 'x');
    }
    const nothing = { status: 2, stdout: '', stderr: expect.stringContaining('its manifests only') };
    expect(await run(['verify', join(folder, 's3')])).toMatchObject(nothing);
    const digests = stored(digestOf([]), 'of-nothing');
    expect(await run(['verify', join(folder, 's3'), '--digests', digests])).toMatchObject(nothing);
    export01('data/a.json.gz', gzipSync(lines.join('\n')));
    for (const path of ['s3', 's3/AWSDynamoDB/01', 's3/AWSDynamoDB/01/data'])
      expect(await run(['verify', join(folder, path)])).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^whole: 7 entries/),
      });
    const manifest = await run(['verify', join(folder, 's3/AWSDynamoDB/01/manifest-files.json')]);
    expect(manifest).toMatchObject({ status: 2, stderr: expect.stringContaining('holds no entries') });
  });

  it('prints no line, and nothing unseen, that somebody wrote into an id, a name or a file', async () => {
    const forged = 'r\u001b[2K\nwhole: 9 entries in 3 chains\u202e\u2028\u009b1m\u{e0041}';
    const bad = written('forged.json', [...entries, { requestId: forged, sequence: 1, [forged]: 1 }]);
    const unseen = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u;
    for (const options of [[], ['--json']]) {
      const { status, stdout } = await run(['verify', bad, ...options]);
      expect(status).toBe(1);
      expect(stdout).not.toMatch(unseen);
      expect(stdout).not.toMatch(/^\s*whole: /m);
    }
    expect((await run(['verify', bad])).stdout).toContain(
      'entry 1 of r\\u{1b}[2K\\u{a}whole: 9 entries in 3 chains\\u{202e}',
    );
    const [finding] = JSON.parse((await run(['verify', bad, '--json'])).stdout).findings;
    expect(finding.requestId).toBe(forged);
    const { stderr } = await run([
      'verify',
      written('open.json', entries),
      '--digests',
      written('d.json', forged),
    ]);
    expect(stderr).toMatch(/^cannot check the trail: .*\n$/);
    expect(stderr).not.toMatch(unseen);
  });

  it('is whole with nothing in it only where the digests say so', async () => {
    const none = written('none.json', []);
    expect(await run(['verify', none])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('no entries'),
    });
    expect((await run(['verify', none, '--digests', stored(digestOf([]), 'empty')])).status).toBe(0);
    expect((await run(['verify', none, '--digests', stored(digestOf(entries), 'full')])).status).toBe(1);
  });

  it.each<[string, readonly string[], string]>([
    ['nothing asked', [], 'say what to verify'],
    ['another command', ['check', 'x'], 'say what to verify'],
    ['no trail', ['verify'], 'say what to verify'],
    ['two trails', ['verify', 'a', 'b'], 'one trail at a time'],
    ['an option it does not know', ['verify', 'a', '--fast'], '--fast'],
    ['a file that is not there', ['verify', 'nowhere.json'], 'there is no file nowhere.json'],
    ['a path that is not there', ['verify', './nowhere/x'], 'there is no file'],
    ['digests that are not there', ['verify', '-', '--digests', 'nowhere'], 'nowhere'],
  ])('exits with 2 for %s', async (_, args, words) => {
    const { status, stderr, stdout } = await run(args);
    expect(stderr).toContain(words);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it.each<[string, unknown]>([
    ['another document', { version: 2 }],
    ['a wrong count', { ...digestOf([]), count: 1 }],
    ['text', 'hello'],
  ])('exits with 2 for a digest that is %s', async (_, content) => {
    const whole = written('whole.json', entries);
    const { status, stderr } = await run(['verify', whole, '--digests', written('bad/digest.json', content)]);
    expect(stderr).toContain('digest.json');
    expect(status).toBe(2);
  });

  it('explains itself', async () => {
    expect(await run(['--help'])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Exits with 0'),
    });
  });
});
