import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leastPrivilegeMatrix } from './matrix.ts';

/** Writes the matrix anew, for a person to read and agree to: `node test/lib/least-privilege/write.ts`. */
const { text } = await leastPrivilegeMatrix();
writeFileSync(join(import.meta.dirname, '..', 'least-privilege.txt'), text);
