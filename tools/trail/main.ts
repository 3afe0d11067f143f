import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { visible } from '../../contract/shown.ts';
import { digestsAt, entryFilesAt, textOf } from './files.ts';
import { itemsIn } from './items.ts';
import { type Link, linkOf, type Stray } from './link.ts';
import { UnreadableError } from './unreadable.ts';
import { verify } from './verify.ts';
import { jsonFor, wordsFor } from './words.ts';

const usage = `npm run --silent trail -- verify <trail> [--digests <file or folder>...] [--json]

Checks an audit trail: recomputes every chain and compares it with the digests that were kept outside of the table.
<trail> is a file or folder (a JSON array of entries, what the sandbox answers, the answer of "aws dynamodb scan", or
DynamoDB's export), "-" for the standard input, or a table by its name or ARN, read with your own AWS credentials.

Exits with 0 when the trail is whole, 1 when it is not, 2 when nothing can be said.`;

interface Asked {
  readonly source: string;
  readonly digests: readonly string[];
  readonly json: boolean;
}

function asked(args: readonly string[]): Asked {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      digests: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const [command, source, ...more] = positionals;
  if (command !== 'verify' || source === undefined) throw new UnreadableError('say what to verify');
  if (more.length > 0 && values.digests.length === 0)
    throw new UnreadableError(`one trail at a time: ${more.join(' ')} is too much`);
  return { source, digests: [...values.digests, ...more], json: values.json };
}

/** Each item is reduced to what checking needs as it comes: a table may be larger than memory. */
async function linksOf(source: string): Promise<(Link | Stray)[]> {
  const links: (Link | Stray)[] = [];
  const add = (item: unknown, from: string) =>
    links.push(linkOf(item, `item ${links.length + 1} of ${from}`));
  if (source === '-') {
    for (const item of itemsIn(textOf('-'), 'the standard input')) add(item, 'the standard input');
  } else if (existsSync(source)) {
    for (const path of entryFilesAt(source)) for (const item of itemsIn(textOf(path), path)) add(item, path);
  } else if (isTable(source)) {
    // The SDK takes longer to load than a file takes to check.
    const { itemsOfTable } = await import('./table.ts');
    for await (const item of itemsOfTable(source)) add(item, source);
  } else {
    throw new UnreadableError(`there is no file ${source}, and it is no name of a table`);
  }
  return links;
}

/** Source of the characters: DynamoDB Developer Guide, "Naming rules". A name with an ending of a file means the file. */
function isTable(source: string): boolean {
  if (/^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[\w.-]+$/.test(source)) return true;
  return /^[\w.-]{3,255}$/.test(source) && !/\.(json|jsonl|gz|txt)$/.test(source);
}

async function main(args: readonly string[]): Promise<0 | 1> {
  if (args.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const { digests: paths, json, source } = asked(args);
  const digests = digestsAt(paths);
  const links = await linksOf(source);
  if (links.length === 0 && digests.length === 0) throw new UnreadableError(`no entries in ${source}`);
  const report = verify(links, digests);
  console.log(json ? jsonFor(report) : wordsFor(report));
  return report.whole ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`cannot check the trail: ${visible(message)}`);
  if (process.argv.length < 4 || (error instanceof TypeError && 'code' in error)) console.error(`\n${usage}`);
  process.exitCode = 2;
}
