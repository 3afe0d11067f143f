import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { policySha256 } from '../policy/canonical.ts';
import { diagnose } from '../policy/diagnose.ts';
import { readPolicy } from '../policy/read-policy.ts';
import { repairPolicy } from '../policy/repair.ts';
import { minify } from './bundles.ts';
import type { Row } from './row.ts';

const root = join(import.meta.dirname, '..');
const accountId = '156041421443';
const bucket = 'arn:aws:s3:::project-prod-1';
const owned = { accountId, resourceArn: bucket, now: new Date('2026-11-21T10:00:00Z') };
const rounds = 15;
/** What S3 takes at most. */
const bytes = 20_480;

const deny = (Condition: object) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [bucket, `${bucket}/*`],
  Condition,
});
const role = (name: string | number) => `arn:aws:iam::${accountId}:role/${name}`;
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Policies of 20 KB: as people grow them, and as somebody would write them who wants the reading to be slow. */
const shapes: Readonly<Record<string, (count: number) => object[]>> = {
  'one Deny that spares hundreds of roles': (count) => [
    deny({ ArnNotEquals: { 'aws:PrincipalArn': upTo(count).map((one) => role(`deploy-${one}`)) } }),
  ],
  'a hundred Denys, each sparing one role': (count) =>
    upTo(count).map((one) => deny({ ArnNotLike: { 'aws:PrincipalArn': role(`deploy-${one}`) } })),
  'patterns that are hard to tell apart': (count) =>
    upTo(count).map((one) => deny({ StringNotLike: { 'aws:PrincipalArn': `*?a*?b*?c*?${one}*?a*?b*?` } })),
};

function grown(make: (count: number) => object[]): string {
  const textOf = (count: number) => JSON.stringify({ Version: '2012-10-17', Statement: make(count) });
  let count = 1;
  while (textOf(count + 1).length <= bytes) count += 1;
  return textOf(count);
}

/** Median time of an action, in milliseconds. */
function timeOf(act: () => unknown): number {
  const times = upTo(rounds).map(() => {
    const begun = performance.now();
    act();
    return performance.now() - begun;
  });
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
}

/** How long it takes to read policies as large as S3 takes them, and what the library weighs in a bundle. */
export function benchPolicy(row: Row): void {
  for (const [shape, make] of Object.entries(shapes)) {
    const text = grown(make);
    const plain = timeOf(() => policySha256(text));
    const diagnosis = timeOf(() => diagnose(readPolicy(text), owned));
    const repair = timeOf(() => {
      const read = readPolicy(text);
      return read.kind === 'policy' ? repairPolicy(read.policy, owned) : read;
    });
    row(
      `diagnosis of a policy of 20 KB (${shape}), against parsing and hashing it; with the repair and its proof`,
      `${(diagnosis / plain).toFixed(0)} times (${diagnosis.toFixed(0)} ms); ${(repair / plain).toFixed(0)} times (${repair.toFixed(0)} ms)`,
    );
  }
  row('what reading and repairing policies adds to a bundle, minified', `${weight().toFixed(0)} KB`);
}

function weight(): number {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-bench-policy-'));
  const entry = join(directory, 'entry.ts');
  const outfile = join(directory, 'out.mjs');
  try {
    const from = (file: string) => JSON.stringify(join(root, 'policy', file));
    writeFileSync(
      entry,
      `export { diagnose } from ${from('diagnose.ts')};\nexport { readPolicy } from ${from('read-policy.ts')};\nexport { repairPolicy } from ${from('repair.ts')};\n`,
    );
    minify(entry, outfile);
    return statSync(outfile).size / 1024;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
