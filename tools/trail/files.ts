import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type TrailDigest, trailDigest } from '../../contract/trail-digest.ts';
import { UnreadableError } from './unreadable.ts';

/** A file, or the JSON files below a folder; compressed ones too, as DynamoDB exports them. */
export function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.(json|jsonl)(\.gz)?$/.test(name)).sort();
  if (files.length === 0) throw new UnreadableError(`there is no JSON file in ${path}`);
  return files.map((name) => join(path, name));
}

/**
 * As `filesAt`, without what DynamoDB lays beside an export's data to say what is in it. Source: DynamoDB Developer
 * Guide, "DynamoDB table export output format".
 */
export function entryFilesAt(path: string): string[] {
  const files = filesAt(path);
  if (files[0] === path) return files;
  const data = files.filter((file) => !/^manifest-(files|summary)\.json$/.test(basename(file)));
  if (data.length === 0)
    throw new UnreadableError(`there is no file of entries in ${path}: its manifests only`);
  return data;
}

/** The text of a file, or of the standard input for "-". */
export function textOf(path: string): string {
  const bytes = readFileSync(path === '-' ? 0 : path);
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (compressed ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** The digests in files and folders. Throws an UnreadableError for a file that is none. */
export function digestsAt(paths: readonly string[]): TrailDigest[] {
  return paths.flatMap(filesAt).map(digestIn);
}

function digestIn(path: string): TrailDigest {
  const read = trailDigest.safeParse(jsonIn(path));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new UnreadableError(`${path} is no digest of a trail (${where}${issue?.message})`);
}

function jsonIn(path: string): unknown {
  try {
    return JSON.parse(textOf(path));
  } catch (cause) {
    throw new UnreadableError(
      `${path} cannot be read as JSON: ${cause instanceof Error ? cause.message : cause}`,
    );
  }
}
