import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';
import { synthesize } from '../assembly/synthesize.ts';

/** Names a directory in which cloud assemblies outlive one process, the tests' workers for example. */
export const assembliesVariable = 'ROOTDESK_ASSEMBLIES';

const known = new Map<string, Promise<string>>();
let ownDirectory: string | undefined;

function directory(): string {
  const shared = process.env[assembliesVariable];
  if (shared !== undefined) return shared;
  if (ownDirectory === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'rootdesk-assemblies-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    ownDirectory = made;
  }
  return ownDirectory;
}

/** Synthesizes beside the final place and moves it there at once: who comes second finds all of it or nothing. */
async function make(settings: unknown, assembly: string): Promise<string> {
  if (existsSync(assembly)) return assembly;
  const draft = `${assembly}.${process.pid}`;
  try {
    await synthesize(settings, draft);
    renameSync(draft, assembly);
  } catch (error) {
    if (!existsSync(assembly)) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return assembly;
}

/** The cloud assembly of the app with these settings: synthesized once for each that differ. */
export function assemblyFor(settings: unknown): Promise<string> {
  const assembly = join(directory(), sha256(canonicalJson(settings)).slice(0, 16));
  const made = known.get(assembly) ?? make(settings, assembly);
  known.set(assembly, made);
  return made;
}
