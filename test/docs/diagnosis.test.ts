import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../policy/diagnose.ts';
import { verdicts } from '../../policy/diagnosis.ts';
import { readPolicy } from '../../policy/read-policy.ts';
import { account, bucket, classes, policyOf } from '../policy/classes.ts';

const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'diagnosis.md'), 'utf8');

function rowOf(one: (typeof classes)[number]): string {
  const owned = {
    accountId: account,
    resourceArn: `arn:aws:s3:::${bucket}`,
    now: new Date('2026-11-21T10:00:00Z'),
  };
  const { actions, needsRoot, verdict } = diagnose(readPolicy(policyOf(one)), owned);
  return `| ${one.name} | \`${verdict}\` | ${needsRoot} | ${actions['s3:PutBucketPolicy']?.why} |`;
}

test('the page has every class of lock-out, with the sentence that is said of it', () => {
  const [, table = ''] = /<!-- classes: begin -->\n([\s\S]*?)<!-- classes: end -->/.exec(text) ?? [];
  expect(table.trim().split('\n').slice(2)).toEqual(classes.map(rowOf));
});

test('the page explains every verdict', () => {
  for (const verdict of verdicts) expect(text).toContain(`| \`${verdict}\` |`);
});

test('the README shows what the command prints', () => {
  const root = join(import.meta.dirname, '..', '..');
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown = [
    ...readme.matchAll(/<!-- output of: npm run --silent diagnose -- (.+) -->\n```text\n([\s\S]*?)```/g),
  ];
  expect(shown).toHaveLength(1);
  for (const [, args = '', output] of shown) {
    const command = ['tools/diagnose/main.ts', ...args.split(' ')];
    expect(execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' })).toBe(output);
  }
});
