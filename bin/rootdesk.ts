import '../scripts/require-node-24.mjs';
import { App } from 'aws-cdk-lib';
import { checkCompliance } from '../lib/compliance.ts';
import { tellingFaultsPlainly } from '../lib/plain-fault.ts';
import { readSettings } from '../lib/read-settings.ts';
import { RootdeskStack } from '../lib/rootdesk-stack.ts';

tellingFaultsPlainly(() => {
  const app = new App();
  new RootdeskStack(app, 'Rootdesk', { settings: readSettings(app.node.tryGetContext('settings')) });
  checkCompliance(app);
  app.synth();
});
