import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type Settings, settingsDigest } from '../../contract/settings.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { bundleOf } from './bundles.ts';
import type { FunctionSource } from './function-source.ts';
import { projectRoot } from './project-root.ts';
import { writeAsset } from './write-asset.ts';

interface FunctionCodeInput {
  readonly source: FunctionSource;
  /** Settings that travel beside the bundle; undefined: none do. */
  readonly settings: Settings | undefined;
}

/** The code of a function as an asset, bundled on this machine unless CDK bundles nothing for the stack. */
export function functionCode({ source, settings }: FunctionCodeInput): Code {
  return Code.fromAsset(projectRoot, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK asks for an image, for machines that cannot bundle by themselves; every one can here.
      image: DockerImage.fromRegistry('none'),
      // CDK reuses an asset within one process when these options are equal; `local` does not count there.
      environment: {
        ROOTDESK_SOURCE: source,
        ROOTDESK_SETTINGS_DIGEST: settings === undefined ? '' : settingsDigest(settings),
      },
      local: {
        tryBundle(directory) {
          writeAsset(directory, { bundle: bundleOf(source), version: packageJson.version, settings });
          return true;
        },
      },
    },
  });
}
