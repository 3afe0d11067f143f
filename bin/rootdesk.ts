import '../scripts/require-node-24.mjs';
import { App } from 'aws-cdk-lib';
import { tellingFaultsPlainly } from '../lib/plain-fault.ts';
import { readSettings } from '../lib/read-settings.ts';
import { RootdeskStack } from '../lib/rootdesk-stack.ts';

tellingFaultsPlainly(() => {
  const app = new App();
  new RootdeskStack(app, 'Rootdesk', { settings: readSettings(app.node.tryGetContext('settings')) });
  app.synth();
});
