import { synthesizeTemplates } from '../lib/templates/synthesize-templates.ts';

/** Before all tests of the template: the stack is synthesized under every variation of the settings, without bundling. */
export default async function prepare(): Promise<void> {
  await synthesizeTemplates();
}
