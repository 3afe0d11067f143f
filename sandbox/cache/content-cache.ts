import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  areUnchanged,
  type FileInputs,
  findChangeSince,
  type KnownState,
  recordInputs,
} from './file-inputs.ts';
import { draftName, listByLastUse, pruneByLastUse, recordUse, removeAtOnce } from './last-use.ts';

export interface CacheOptions {
  readonly directory: string;
  /** The project's folder: imports are searched for below it. */
  readonly root: string;
  /** So many entries stay, those used last. @default 12 */
  readonly keep?: number;
  /** Is called once when the cache cannot be written, and when an entry is not kept. @default writes to stderr */
  readonly warn?: (message: string) => void;
}

const inputsFile = 'inputs.json';
const contentFolder = 'content';
/** Clocks of file systems lag behind the clock of a process by as much, in milliseconds. */
const clockTolerance = 50;

/**
 * Directories that were made of files, each under a key and with a record of the files it was made of. An entry is
 * given only while every one of these files is as it was.
 */
export class ContentCache {
  readonly #options: Required<CacheOptions>;
  #hasGivenUp = false;

  constructor(options: CacheOptions) {
    this.#options = { keep: 12, warn: (message) => process.stderr.write(`${message}\n`), ...options };
  }

  #entry(key: string): string {
    return join(this.#options.directory, key);
  }

  /** The entry of a key, its files not compared again; undefined: there is none. */
  findUnchecked(key: string): string | undefined {
    const content = join(this.#entry(key), contentFolder);
    if (!existsSync(content)) return undefined;
    recordUse(this.#entry(key));
    return content;
  }

  /** The entry of a key whose files are all as they were; one that is out of date is removed. */
  find(key: string): string | undefined {
    const inputs = this.#inputsOf(key);
    if (inputs === undefined) return undefined;
    if (areUnchanged(inputs, this.#options.root)) return this.findUnchecked(key);
    removeAtOnce(this.#options.directory, key);
    return undefined;
  }

  /** Compares the files of every entry whose key begins so, and removes those that are out of date. */
  removeOutdated(prefix: string): void {
    const { directory, root } = this.#options;
    const known: KnownState = new Map();
    for (const key of listByLastUse(directory)) {
      const inputs = key.startsWith(prefix) ? this.#inputsOf(key) : undefined;
      if (inputs !== undefined && !areUnchanged(inputs, root, known)) removeAtOnce(directory, key);
    }
  }

  /**
   * The entry of a key, made now unless it is there and up to date.
   *
   * @param make writes into an empty directory, and returns the files that it was made of
   * @returns a directory in the cache, or a temporary one that goes when the process ends
   */
  async take(key: string, make: (directory: string) => Promise<readonly string[]>): Promise<string> {
    const found = this.find(key);
    if (found !== undefined) return found;
    const draft = this.openDraft();
    if (draft === undefined) return makeApart(make);
    const begun = Date.now();
    try {
      const files = await make(draft.content);
      return draft.keep(key, files, begun) ?? copyApart(draft.content);
    } catch (error) {
      if (this.#canWrite(draft.directory)) throw error;
      return await makeApart(make);
    } finally {
      draft.discard();
    }
  }

  /** Whether entries can be added; warns where they cannot. */
  isWritable(): boolean {
    const draft = this.openDraft();
    const isWritable = draft !== undefined && this.#canWrite(draft.directory);
    draft?.discard();
    return isWritable;
  }

  /** A directory that can become an entry; undefined: the cache cannot be written. */
  openDraft(): Draft | undefined {
    if (this.#hasGivenUp) return undefined;
    const directory = join(this.#options.directory, draftName());
    const content = join(directory, contentFolder);
    try {
      mkdirSync(content, { recursive: true });
    } catch (error) {
      this.#giveUp(error);
      return undefined;
    }
    return {
      directory,
      content,
      keep: (key, files, begun) => this.#keep(directory, key, files, begun),
      discard: () => discard(directory),
    };
  }

  #keep(draft: string, key: string, files: readonly string[], begun: number): string | undefined {
    const changed = findChangeSince(files, begun - clockTolerance, this.#options.root);
    if (changed !== undefined) {
      this.#options.warn(
        `Not kept in the cache ${this.#options.directory}: ${changed} changed while it was read`,
      );
      return undefined;
    }
    try {
      writeFileSync(join(draft, inputsFile), JSON.stringify(recordInputs(files, this.#options.root)));
    } catch (error) {
      this.#giveUp(error);
      return undefined;
    }
    try {
      renameSync(draft, this.#entry(key));
      pruneByLastUse(this.#options.directory, this.#options.keep);
      return join(this.#entry(key), contentFolder);
    } catch {
      // Another process made the same at the same time.
      return this.find(key);
    }
  }

  #inputsOf(key: string): FileInputs | undefined {
    try {
      return JSON.parse(readFileSync(join(this.#entry(key), inputsFile), 'utf8'));
    } catch {
      return undefined;
    }
  }

  #canWrite(directory: string): boolean {
    try {
      writeFileSync(join(directory, 'probe'), Buffer.alloc(1 << 20));
      return true;
    } catch (error) {
      this.#giveUp(error);
      return false;
    }
  }

  #giveUp(error: unknown): void {
    if (this.#hasGivenUp) return;
    this.#hasGivenUp = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.warn(`The cache ${this.#options.directory} cannot be written and is not used: ${reason}`);
  }
}

/** A directory beside the entries of a cache. */
export interface Draft {
  readonly directory: string;
  /** Where the content goes. */
  readonly content: string;
  /**
   * Makes an entry of it, unless one of the files was written since that time.
   *
   * @param begun when the making began, in milliseconds since 1970
   * @returns the content's place in the cache; undefined: it is not kept
   */
  keep(key: string, files: readonly string[], begun: number): string | undefined;
  /** Removes it, unless it is an entry by now. */
  discard(): void;
}

function discard(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'rootdesk-made-'));
  process.once('exit', () => discard(directory));
  return directory;
}

async function makeApart(make: (directory: string) => Promise<unknown>): Promise<string> {
  const directory = temporaryDirectory();
  await make(directory);
  return directory;
}

function copyApart(content: string): string {
  const directory = temporaryDirectory();
  cpSync(content, directory, { recursive: true });
  return directory;
}
