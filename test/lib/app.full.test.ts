import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../lib/bundling/project-root.ts';

const directory = mkdtempSync(join(tmpdir(), 'rootdesk-app-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs the app as the CDK CLI does, without bundling. */
function whenSynthesized(settings: string) {
  const context = {
    settings,
    'aws:cdk:bundling-stacks': [],
    '@aws-cdk/core:validateAgainstDefaultRules': true,
  };
  return spawnSync(process.execPath, ['bin/rootdesk.ts'], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: { ...process.env, CDK_OUTDIR: join(directory, 'out'), CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
}

test('the example settings make an assembly, checked by cdk-nag, without a word', () => {
  const { status, stdout, stderr } = whenSynthesized('examples/settings.json');
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(readdirSync(join(directory, 'out'))).toContain('Rootdesk.template.json');
});

test('a fault of the settings ends it with the faults alone: no stack trace', () => {
  const settings = join(directory, 'settings.json');
  writeFileSync(settings, '{}');
  const { status, stdout, stderr } = whenSynthesized(settings);
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/^The settings in .* have 4 faults:\n( {2}\S+: expected .+\n){4}$/);
});
