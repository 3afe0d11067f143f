import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policySha256 } from '../../../policy/canonical.ts';
import { runDiagnose } from '../../../tools/diagnose/run-diagnose.ts';
import { malformed, onlyThePipeline, openQueue } from './given.ts';

let mockStandardInput = '';
jest.mock('node:fs', () => {
  const { fsWithStandardInput } =
    jest.requireActual<typeof import('../mock-standard-input.ts')>('../mock-standard-input.ts');
  return fsWithStandardInput(() => mockStandardInput);
});

const root = join(import.meta.dirname, '..', '..', '..');
const account = ['--account', '156041421443'];
const unseen = /(?!\n)[\p{C}\p{Zl}\p{Zp}]/u;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'diagnose-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  );
  return path;
}

/** Runs the command in this process, with this text on the standard input. */
function run(args: readonly string[], input = '') {
  mockStandardInput = input;
  return runDiagnose(args);
}

/** The answer to one policy on the standard input. */
function json(policy: unknown, ...options: string[]) {
  const { status, stderr, stdout } = run(['-', ...account, '--json', ...options], JSON.stringify(policy));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('in words', () => {
  it('says what the policy does, what it takes, and what to put instead', () => {
    const { status, stderr, stdout } = run([written('orders.json', onlyThePipeline), ...account]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const three = 's3:GetBucketPolicy, s3:PutBucketPolicy and s3:DeleteBucketPolicy';
    const everyone = 'every IAM principal of account 156041421443';
    expect(stdout).toMatch(
      new RegExp(`^locks-everyone: ${three} are denied to ${everyone}\nroot is needed: `),
    );
    // What is read alike is said once.
    expect(stdout.split(`${three}: locks-everyone\n  why: `)).toHaveLength(2);
    expect(stdout).toContain(`\n  shut out: ${everyone}\n`);
    expect(stdout).toContain('\n  by: Statement[0] (OnlyThePipeline)\n');
    expect(stdout).toContain('\nproposed repair of Statement[0] (OnlyThePipeline):\n');
    expect(stdout).toMatch(/\n- +"Action": "s3:\*",\n\+/);
  });

  it('says the hash of what is there, and of what would be put', () => {
    const { stdout } = run([written('orders.json', onlyThePipeline), ...account]);
    const { repair } = json(onlyThePipeline);
    expect(stdout).toContain(`\nhash of this policy: ${policySha256(JSON.stringify(onlyThePipeline))}\n`);
    expect(stdout).toMatch(new RegExp(`\nhash of the repaired policy: ${repair.sha256}\n$`));
  });

  it('says that nothing is wrong', () => {
    const { stdout } = run(['-', ...account], JSON.stringify(openQueue));
    expect(stdout).toMatch(/^no-lockout: no administrative action is denied .*\nroot is not needed: /);
    expect(stdout).not.toContain('repair');
  });

  it('tells apart what differs from action to action', () => {
    const [deny, allow] = onlyThePipeline.Statement;
    const policy = { ...onlyThePipeline, Statement: [{ ...deny, Action: 's3:PutBucketPolicy' }, allow] };
    const { stdout } = run(['-', ...account], JSON.stringify(policy));
    expect(stdout).toMatch(/^locks-everyone: s3:PutBucketPolicy is denied to every/);
    expect(stdout).toContain('\nroot is not needed: ');
    expect(stdout).toContain('\ns3:GetBucketPolicy and s3:DeleteBucketPolicy: no-lockout\n');
    expect(stdout).toContain('\ns3:PutBucketPolicy: locks-everyone\n');
  });

  it('says all that is wrong with a malformed policy, and where', () => {
    const { status, stdout } = run([written('bad.json', malformed), ...account]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^malformed: /);
    expect(stdout).toContain('\n  Statement.Effect: is the text "deny": expected "Allow" or "Deny"');
    expect(stdout).toContain('\n  Statement.Principal: is a list: ');
    expect(run(['-', ...account], '{"Statement": [}').stdout).toContain(
      '\n  the document: the text is not JSON at line 1',
    );
  });

  it('names each of several files', () => {
    const [first, second] = [written('orders.json', onlyThePipeline), written('queue.json', openQueue)];
    const { stdout } = run([first, second, ...account]);
    expect(stdout).toContain(`${first}:\nlocks-everyone: `);
    expect(stdout).toContain(`\n\n${second}:\nno-lockout: `);
  });

  it('prints no line, and nothing unseen, that somebody wrote into a policy or the name of a file', () => {
    const forged = 'x\u001b[2K\nno-lockout: fine\u202e\u2028\u009b1m\u{e0041}';
    const [deny, allow] = onlyThePipeline.Statement;
    const hostile = [
      { ...onlyThePipeline, Statement: [{ ...deny, Sid: forged }, allow] },
      {
        ...onlyThePipeline,
        Statement: [{ ...deny, Condition: { StringNotEquals: { [forged]: forged } } }, allow],
      },
      { ...onlyThePipeline, Statement: [{ ...deny, [forged]: forged, Principal: forged }] },
    ];
    const files = hostile.map((policy, index) => written(`${index}\nno-lockout: fine`, policy));
    for (const options of [[], ['--json']]) {
      const { status, stdout } = run([...files, ...account, ...options]);
      expect(status).toBe(0);
      expect(stdout).not.toMatch(unseen);
      expect(stdout).not.toMatch(/^\s*no-lockout: /m);
    }
    expect(json(hostile[0]).actions['s3:PutBucketPolicy'].statements).toEqual([{ index: 0, sid: forged }]);
    const { stdout: repaired } = run(['-', ...account, '--repaired'], JSON.stringify(hostile[0]));
    expect(repaired).not.toMatch(unseen);
    expect(JSON.parse(repaired).Statement[0].Sid).toBe(forged);
    const { status, stderr } = run([join(folder, forged), ...account]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^cannot diagnose: .*\n$/);
    expect(stderr).not.toMatch(unseen);
  });
});

describe('as JSON', () => {
  it('is an object for one file', () => {
    const answer = json(onlyThePipeline);
    expect(Object.keys(answer)).toEqual([
      'verdict',
      'needsRoot',
      'without',
      'actions',
      'faults',
      'sha256',
      'repair',
    ]);
    expect(answer).toMatchObject({
      verdict: 'locks-everyone',
      needsRoot: 'yes',
      without: [],
      faults: [],
      sha256: policySha256(JSON.stringify(onlyThePipeline)),
    });
    expect(Object.keys(answer.actions)).toEqual([
      's3:GetBucketPolicy',
      's3:PutBucketPolicy',
      's3:DeleteBucketPolicy',
    ]);
    expect(answer.actions['s3:PutBucketPolicy']).toEqual({
      verdict: 'locks-everyone',
      shutOut: ['every IAM principal of account 156041421443'],
      spared: [],
      statements: [{ index: 0, sid: 'OnlyThePipeline' }],
      why: expect.stringContaining('Statement[0] (OnlyThePipeline)'),
    });
  });

  it('holds the repair, which has the hash that it says', () => {
    const { repair } = json(onlyThePipeline);
    expect(Object.keys(repair)).toEqual(['possible', 'sha256', 'policy', 'changes', 'statements', 'diff']);
    expect(repair).toMatchObject({
      possible: true,
      sha256: policySha256(JSON.stringify(repair.policy)),
      statements: [{ index: 0, sid: 'OnlyThePipeline' }],
    });
    expect(json(repair.policy)).toMatchObject({ verdict: 'no-lockout', repair: null });
  });

  it('has no repair where nobody is shut out, or nothing is read', () => {
    expect(json(openQueue)).toMatchObject({ verdict: 'no-lockout', needsRoot: 'no', repair: null });
    expect(json(malformed)).toMatchObject({
      verdict: 'malformed',
      actions: {},
      repair: null,
      faults: [{ path: 'Statement.Effect' }, { path: 'Statement.Principal' }],
    });
  });

  it('is an array for several files, each by its name', () => {
    const files = [written('orders.json', onlyThePipeline), '-', written('bad.json', '')];
    const { stdout } = run([...files, ...account, '--json'], JSON.stringify(openQueue));
    expect(JSON.parse(stdout)).toMatchObject([
      { file: files[0], verdict: 'locks-everyone' },
      { file: '-', verdict: 'no-lockout' },
      { file: files[2], verdict: 'malformed', sha256: null },
    ]);
  });

  it('takes the resource and the service from the command line, where the policy names neither', () => {
    const [deny] = onlyThePipeline.Statement;
    const policy = { Statement: { ...deny, Action: '*', Resource: '*' } };
    expect(json(policy)).toMatchObject({ verdict: 'malformed', faults: [{ path: '' }] });
    for (const options of [
      ['--service', 'sqs'],
      ['--resource', 'arn:aws:sqs:eu-west-1:156041421443:orders'],
    ])
      expect(Object.keys(json(policy, ...options).actions)).toContain('sqs:SetQueueAttributes');
    expect(Object.keys(json(policy, '--resource', 'arn:aws:s3:::orders').actions)).toContain(
      's3:PutBucketPolicy',
    );
    // The resource decides whether a statement is about it at all.
    expect(json(onlyThePipeline, '--resource', 'arn:aws:s3:::others').verdict).toBe('no-lockout');
  });
});

describe('what a ticket quotes', () => {
  it('is the hash of the canonical form, and needs no account', () => {
    const hash = policySha256(JSON.stringify(onlyThePipeline));
    const pretty = written('pretty.json', JSON.stringify(onlyThePipeline, null, 4));
    expect(run([pretty, '--hash'])).toEqual({ status: 0, stderr: '', stdout: `${hash}\n` });
    const queue = written('queue.json', openQueue);
    expect(run([pretty, queue, '--hash']).stdout).toBe(
      `${hash}  ${pretty}\n${policySha256(JSON.stringify(openQueue))}  ${queue}\n`,
    );
  });

  it('is the hash of the repaired policy, read from what --repaired prints', () => {
    const { stdout: repaired } = run([written('orders.json', onlyThePipeline), ...account, '--repaired']);
    expect(run(['-', '--hash'], repaired).stdout).toBe(`${json(onlyThePipeline).repair.sha256}\n`);
  });

  it('is there for what is malformed and JSON, and for nothing else', () => {
    expect(run(['-', '--hash'], JSON.stringify(malformed)).stdout).toBe(`${json(malformed).sha256}\n`);
    for (const text of ['', '[]', '{', '{"Id": "a", "Id": "b"}'])
      expect(run(['-', '--hash'], text)).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('nothing can be said', () => {
  it.each<[string, readonly string[], string]>([
    ['nothing asked', [], 'name the file of a policy'],
    ['an option that it does not know', ['-', ...account, '--fix'], '--fix'],
    ['a file that is not there', ['nowhere.json', ...account], 'there is no file nowhere.json'],
    ['a folder', ['policy', ...account], 'policy is a folder'],
    ['one file of two that is not there', ['-', 'nowhere.json', ...account], 'there is no file nowhere.json'],
  ])('where there is %s', (_, args, words) => {
    const { status, stderr, stdout } = run(args, '{}');
    expect(stderr).toMatch(/^cannot diagnose: /);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('where a file is not in UTF-8, for two such files could have one hash', () => {
    const utf16 = written('utf16.json', Buffer.from(JSON.stringify(openQueue), 'utf16le'));
    const latin = written('latin.json', Buffer.from('{"Id": "Auftr\u00e4ge"}', 'latin1'));
    expect(run([latin, '--hash'])).toMatchObject({ status: 2, stderr: expect.stringContaining('UTF-8') });
    expect(run([utf16, '--hash']).status).toBe(2);
  });

  it('and no repaired policy is printed where there is none', () => {
    const repaired = (policy: object) => run(['-', ...account, '--repaired'], JSON.stringify(policy));
    const none = (words: string) => ({ status: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(repaired(openQueue)).toEqual(none('needs no repair (no-lockout)'));
    expect(repaired(malformed)).toEqual(none('is malformed'));
  });
});

describe('the command', () => {
  it('explains itself', () => {
    expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('Exits with 0') });
  });

  it('starts without an SDK, and without reading a schema', () => {
    const files = readdirSync(join(root, 'tools/diagnose')).map((name) =>
      readFileSync(join(root, 'tools/diagnose', name), 'utf8'),
    );
    const imports = files.flatMap((text) => [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from));
    expect(imports).toContain('../../policy/diagnose.ts');
    for (const from of imports)
      expect(from).toMatch(
        /^(node:|\.\/|\.\.\/(command-result|error-code)|\.\.\/\.\.\/(policy\/|contract\/shown))/,
      );
  });
});
