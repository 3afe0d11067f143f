import { writeFileSync } from 'node:fs';
import { synthesizeTemplates } from '../templates/synthesize-templates.ts';

/** Writes docs/permissions.md anew, for a person to read and agree to: `node test/lib/least-privilege/write.ts`. */
await synthesizeTemplates();
const { givenStack } = await import('../given-stack.ts');
const { pagePath, permissionsPage } = await import('../permissions-page.ts');
const { leastPrivilegeMatrix } = await import('./matrix.ts');
writeFileSync(pagePath, permissionsPage(givenStack('excludedAccount'), await leastPrivilegeMatrix()));
