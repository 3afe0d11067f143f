import { readFileSync } from 'node:fs';
import { errorCodeOf } from '../error-code.ts';
import { UnanswerableError } from './unanswerable.ts';

/** The text of a file, or of the standard input for "-". Throws an UnanswerableError where there is none. */
export function textOf(file: string): string {
  const name = file === '-' ? 'the standard input' : file;
  const bytes = bytesOf(file, name);
  try {
    // What cannot be decoded is not replaced: two texts would then have one hash.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnanswerableError(`${name} is not text in UTF-8`);
  }
}

function bytesOf(file: string, name: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (cause) {
    const code = errorCodeOf(cause);
    if (code === 'ENOENT') throw new UnanswerableError(`there is no file ${name}`, { cause });
    if (code === 'EISDIR')
      throw new UnanswerableError(`${name} is a folder: name the files in it`, { cause });
    throw new UnanswerableError(`${name} cannot be read (${code})`, { cause });
  }
}
