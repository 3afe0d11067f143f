/** What the process that synthesizes, and its parent, have agreed on; one variable of the environment carries it. */
export interface Recording {
  /** Where the process writes the paths of the files that it read, as a JSON list. */
  readonly target: string;
  /** Directories of this synthesis alone: what is read there is no input. */
  readonly ownDirectories: readonly string[];
  /** Where bundles are cached; undefined: esbuild runs every time. */
  readonly bundles: string | undefined;
}

export const recordingVariable = 'ROOTDESK_RECORDING';

const filesRead = new Set<string>();
let bundles: string | undefined;

/** Adds paths to the record of this process. */
export function addFilesRead(paths: Iterable<string>): void {
  for (const path of paths) filesRead.add(path);
}

export function listFilesRead(): readonly string[] {
  return [...filesRead];
}

export function setBundlesDirectory(directory: string | undefined): void {
  bundles = directory;
}

export function bundlesDirectory(): string {
  if (bundles === undefined) throw new Error('bundles are not cached in this process');
  return bundles;
}
