import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { approvedTicket } from '../../contract/approved-ticket.ts';
import { codes, endings, refusalCodes } from '../../contract/ending.ts';
import { approvableTasks, rootTaskNames, rootTasks } from '../../contract/root-tasks.ts';
import { settings } from '../../contract/settings.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('the documents', () => {
  it.each(documents)('%s links to nothing that is not there', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => String(link));
    expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
  });

  it.each(documents)('%s shows each file that it names as the file is', (path) => {
    for (const [, file, shown] of read(path).matchAll(/<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g)) {
      expect(shown).toBe(read(String(file)));
    }
  });

  it('name every ending and every code', () => {
    const text = read('docs/event.md');
    const every = [...endings, ...Object.values(codes).flat(), ...refusalCodes];
    expect(every.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });

  it('name every root task and its task policy in the README', () => {
    const text = read('README.md');
    for (const task of rootTaskNames) {
      expect(text).toContain(`| \`${task}\` | \`${rootTasks[task].taskPolicy}\` |`);
    }
  });

  it('explain every setting', () => {
    const text = read('docs/settings.md');
    const keys = Object.keys(settings.shape).filter((key) => key !== '$schema');
    expect(keys.filter((key) => !text.includes(`\`${key}`))).toEqual([]);
  });
});

describe('the examples', () => {
  it.each(readdirSync(join(root, 'examples', 'events')))(
    'events/%s is an approval that is understood',
    (name) => {
      const event: { detail: unknown } = JSON.parse(read(join('examples', 'events', name)));
      expect(approvedTicket.safeParse(event.detail).error).toBeUndefined();
    },
  );

  it('have one event for every root task that a ticket can approve', () => {
    const names = readdirSync(join(root, 'examples', 'events')).map((name) => name.replace(/\.json$/, ''));
    expect(names).toEqual(expect.arrayContaining([...approvableTasks]));
  });

  it('settings.json holds settings', () => {
    expect(settings.safeParse(JSON.parse(read('examples/settings.json'))).error).toBeUndefined();
  });
});
