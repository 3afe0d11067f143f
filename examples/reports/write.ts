import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportFiles } from '../../lambdas/organization-run/report/files.ts';
import { organizationAudit } from './organization-audit.ts';

/** Writes the example report: `node examples/reports/write.ts`. A test holds the files to be what this writes. */
for (const { name, body } of reportFiles(organizationAudit)) {
  writeFileSync(join(import.meta.dirname, 'organization-audit', name), body);
}
