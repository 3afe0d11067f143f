import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taskPolicyArn } from '../../../contract/root-tasks.ts';
import { readDeployment } from '../../../sandbox/assembly/read-deployment.ts';
import { synthesize } from '../../../sandbox/assembly/synthesize.ts';
import { assemblyFor, cacheDirectory } from '../../../sandbox/scenario/assemblies.ts';
import { mergedSettings } from '../../../sandbox/scenario/merged-settings.ts';

const root = join(import.meta.dirname, '../../..');

describe('assemblyFor', () => {
  it('leaves an assembly in the cache that the sandbox can read whole', async () => {
    const assembly = await assemblyFor(mergedSettings({}));
    expect(assembly.startsWith(cacheDirectory())).toBe(true);
    const deployment = readDeployment(assembly, {
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

  it('synthesizes the same settings once when their keys are in another order', async () => {
    const settings = mergedSettings({});
    const reversed = Object.fromEntries(Object.entries(settings).reverse());

    expect(await assemblyFor(reversed)).toBe(await assemblyFor(settings));
  });
});

describe('synthesize', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'rootdesk-synthesis-'));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('rejects with the message of the app when it refuses the settings', async () => {
    await expect(synthesize({ approvers: [] }, join(directory, 'out'))).rejects.toThrow(/approvers/);
  });

  it('makes the same of esbuild and of cached bundles, whatever the environment', async () => {
    const variables = {
      CDK_CONTEXT_JSON: 'x',
      CDK_DEFAULT_REGION: 'us-east-1',
      ESBUILD_BINARY_PATH: '/none',
    };
    Object.assign(process.env, variables);
    const bundles = join(directory, 'bundles');
    const [made, taken] = [join(directory, 'made'), join(directory, 'taken')];
    try {
      const filesOfMade = await synthesize(mergedSettings({}), made, { bundles });
      expect(readdirSync(bundles)).toHaveLength(1);
      const filesOfTaken = await synthesize(mergedSettings({}), taken, { bundles });
      expect([...filesOfTaken].sort()).toEqual([...filesOfMade].sort());
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }

    const assets = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('asset.'));
    expect(assets(made).length).toBeGreaterThan(10);
    expect(assets(taken)).toEqual(assets(made));
    const template = (folder: string) => readFileSync(join(folder, 'Rootdesk.template.json'), 'utf8');
    expect(template(taken)).toBe(template(made));
    expect(template(await assemblyFor(mergedSettings({})))).toBe(template(made));
  });

  it('lists the files that the assembly was made of: own ones, those of packages, those of bundles', async () => {
    const files = await synthesize(mergedSettings({}), join(directory, 'out'), {
      bundles: join(cacheDirectory(), 'bundles'),
    });

    const require = createRequire(import.meta.url);
    const own = ['bin/rootdesk.ts', 'lib/rootdesk.ts', 'contract/settings.ts', 'package.json'];
    const bundled = ['lambdas/refuse/index.ts', 'policy/read-policy.ts'];
    const packages = ['aws-cdk-lib', 'cdk-nag', 'constructs', 'esbuild'].map((name) => require.resolve(name));
    expect(files).toEqual(
      expect.arrayContaining([
        ...[...own, ...bundled].map((name) => join(root, name)),
        ...packages.map((file) => realpathSync(file)),
        expect.stringMatching(/@esbuild\/.*\/esbuild(\.exe)?$/),
        expect.stringMatching(/node_modules\/@aws-sdk\/client-sts\//),
      ]),
    );
    expect(files.filter((file) => file.startsWith(directory))).toEqual([]);
  });
});
