import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'examples/scp');
const policies = readdirSync(folder)
  .sort()
  .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
const document = readFileSync(join(root, 'docs/security-model.md'), 'utf8');
const commands = [...document.matchAll(/--content "\$\((.+)\)"/g)].map(([, command]) => String(command));

/** The longest that IAM takes: a path of the identity centre, 64 characters of a name, 10 of the bootstrap's qualifier. */
const withLongNames = (text: string) =>
  text
    .replaceAll(':role/deployment-pipeline', `:role/${longRole('P')}`)
    .replaceAll(':role/break-glass', `:role/${longRole('B')}`)
    .replaceAll('hnb659fds', 'q'.repeat(10));
const longRole = (letter: string) =>
  `aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${letter.repeat(32)}_0123456789abcdef`;

describe('the commands of the security model', () => {
  /** Source: AWS Organizations User Guide, "Quotas": every character counts that the CLI sends, white space included. */
  it('send each policy whole, and within the 5,120 characters of Organizations', () => {
    const path = [dirname(process.execPath), process.env.PATH].join(delimiter);
    const sent = commands.map((command) =>
      execFileSync('sh', ['-c', command], {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: path },
      }).trimEnd(),
    );
    expect(sent.map((text) => JSON.parse(text))).toEqual(policies);
    for (const text of sent) expect(withLongNames(text).length).toBeLessThanOrEqual(5120);
  });
});
