import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas.ts';

const directory = join(import.meta.dirname, '..', 'schemas');
mkdirSync(directory, { recursive: true });
for (const [name, text] of jsonSchemas()) writeFileSync(join(directory, name), text);
