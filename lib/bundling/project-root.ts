import { join } from 'node:path';

/** The folder of package.json, wherever the app is started. */
export const projectRoot = join(import.meta.dirname, '..', '..');
