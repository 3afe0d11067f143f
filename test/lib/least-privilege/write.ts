import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeTemplates } from '../templates/synthesize-templates.ts';
import { leastPrivilegeMatrix } from './matrix.ts';

/** Writes the matrix anew, for a person to read and agree to: `node test/lib/least-privilege/write.ts`. */
await synthesizeTemplates();
const { text } = await leastPrivilegeMatrix();
writeFileSync(join(import.meta.dirname, '..', 'least-privilege.txt'), text);
