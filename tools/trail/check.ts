import { digestsAt } from './files.ts';
import { type Link, linkOf, type Stray } from './link.ts';
import { itemsOfFiles, type Source, sourceAt } from './source.ts';
import { UnreadableError } from './unreadable.ts';
import { verify } from './verify.ts';
import { jsonFor, wordsFor } from './words.ts';

export interface Check {
  readonly source: string;
  readonly digests: readonly string[];
  readonly json: boolean;
}

/** Checks a trail. Answers what is printed, and 1 where it is not whole. */
export async function checkTrail({
  digests: paths,
  json,
  source,
}: Check): Promise<{ text: string; code: 0 | 1 }> {
  const digests = digestsAt(paths);
  const links = await linksOf(sourceAt(source));
  if (links.length === 0 && digests.length === 0) throw new UnreadableError(`no entries in ${source}`);
  const report = verify(links, digests);
  return { text: json ? jsonFor(report) : wordsFor(report), code: report.whole ? 0 : 1 };
}

/** Each item is reduced to what checking needs as it comes: a table may be larger than memory. */
async function linksOf(source: Source): Promise<(Link | Stray)[]> {
  const links: (Link | Stray)[] = [];
  const add = (item: unknown, from: string) =>
    links.push(linkOf(item, `item ${links.length + 1} of ${from}`));
  if (source.kind === 'files') {
    for (const { from, item } of itemsOfFiles(source.paths)) add(item, from);
  } else {
    // The SDK takes longer to load than a file takes to check.
    const { itemsOfTable } = await import('./table.ts');
    for await (const item of itemsOfTable(source.table)) add(item, source.table);
  }
  return links;
}
