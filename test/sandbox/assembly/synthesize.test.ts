import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskPolicyArn } from '../../../contract/root-tasks.ts';
import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { synthesize } from '../../../sandbox/assembly/synthesize.ts';
import { assemblyFor } from '../../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../../sandbox/scenario/merged-settings.ts';

test('the product itself can be read: every construct of its stack is modelled', async () => {
  const cdkOut = await assemblyFor(mergedSettings({}));

  const deployment = readDeployment(cdkOut, {
    accountId: '222222222222',
    region: 'eu-central-1',
    partition: 'aws',
  });

  const lane = deployment.functions.find(
    ({ environment: { TASK_POLICY_ARN } }) => TASK_POLICY_ARN === taskPolicyArn('aws', 'unlock-s3-bucket'),
  );
  expect(existsSync(join(lane?.assetDirectory ?? '', 'index.mjs'))).toBe(true);
  expect(deployment.roles.map(({ arn }) => arn)).toContain(lane?.roleArn);
  expect(deployment.buses.map(({ name }) => name)).toEqual(['rootdesk']);
  expect(deployment.rules.flatMap(({ targets }) => targets.map(({ arn }) => arn))).toContain(lane?.arn);
});

test('the same settings are synthesized once, whatever the order of their keys', async () => {
  const settings = mergedSettings({});
  const reversed = Object.fromEntries(Object.entries(settings).reverse());

  expect(await assemblyFor(reversed)).toBe(await assemblyFor(settings));
});

test('what the app says of settings that it refuses is the error', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-refused-'));
  try {
    await expect(synthesize({ approvers: [] }, join(directory, 'out'))).rejects.toThrow(/approvers/);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
