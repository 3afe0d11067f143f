import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { IConstruct } from 'constructs';
import { canonicalJson } from '../../contract/canonical-json.ts';
import { type Settings, settingsDigest } from '../../contract/settings.ts';
import { projectRoot } from './project-root.ts';

interface BundlingInput {
  /** Path of the function's source below `lambdas/`. */
  readonly source: string;
  /** Settings that travel inside the bundle; undefined: none do. */
  readonly settings: Settings | undefined;
}

/** How every function becomes one file: ESM, minified, with its own SDK and a source map, by the esbuild installed here. */
export function bundling(scope: IConstruct, { source, settings }: BundlingInput): BundlingOptions {
  const digest = settings === undefined ? '' : settingsDigest(settings);
  return {
    format: OutputFormat.ESM,
    target: 'node24',
    mainFields: ['module', 'main'],
    // The runtime's SDK lags behind: sts:AssumeRoot is surely there in the one that the tests ran with.
    bundleAwsSDK: true,
    minify: true,
    sourceMap: true,
    sourcesContent: false,
    metafile: true,
    // CommonJS packages inside an ES module still call require for Node's own modules.
    banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    esbuildArgs: {
      // Credentials come from the function's environment and from nowhere else; the file says why.
      '--alias:@aws-sdk/credential-provider-node': join(
        projectRoot,
        'lambdas',
        'shared',
        'environment-credentials.ts',
      ),
    },
    // CDK reuses a bundle within one process when these options are equal, and hooks do not count there.
    environment: { ROOTDESK_SETTINGS_DIGEST: digest },
    commandHooks: {
      beforeBundling: () => [],
      beforeInstall: () => [],
      afterBundling: (_inputDirectory, outputDirectory) => [
        command([
          process.execPath,
          join(projectRoot, 'lib', 'bundling', 'finish-bundle.mjs'),
          outputDirectory,
          join(projectRoot, '.cache', 'metafiles', metafileName(source)),
          ...(settings === undefined ? [] : [settingsFile(scope, settings, digest)]),
        ]),
      ],
    },
  };
}

/** `refuse/index.ts` becomes `refuse.json`, `root-task/tasks/unlock-s3-bucket.ts` becomes `unlock-s3-bucket.json`. */
function metafileName(source: string): string {
  const parts = source.replace(/\.ts$/, '').split('/');
  const name = parts.at(-1) === 'index' ? parts.at(-2) : parts.at(-1);
  return `${name}.json`;
}

/** The settings in canonical form, defaults filled in, beside the templates: one file for all functions that read them. */
function settingsFile(scope: IConstruct, settings: Settings, digest: string): string {
  const directory = Stage.of(scope)?.outdir ?? projectRoot;
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `settings.${digest.slice(0, 12)}.json`);
  writeFileSync(path, canonicalJson(settings));
  return path;
}

/** One shell command; CDK runs it with bash, or with cmd.exe on Windows. Both keep what is in double quotes together. */
function command(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' ');
}
