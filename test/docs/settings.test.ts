import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { settings } from '../../contract/settings.ts';
import { exampleSettings, faultsIn } from '../contract/given.ts';

const text = readFileSync(join(import.meta.dirname, '../../docs/settings.md'), 'utf8');

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The path of every setting, as the table writes it. */
function pathsOf(schema: Schema, path = ''): string[] {
  if (schema.items?.properties !== undefined) return pathsOf(schema.items, `${path}[]`);
  const inside = Object.entries(schema.properties ?? {});
  if (inside.length === 0) return [path];
  return inside.flatMap(([key, value]) => {
    const name = path === 'tasks' ? '<name>' : key;
    return pathsOf(value, path === '' ? name : `${path}.${name}`);
  });
}

describe('docs/settings.md', () => {
  it('explains every setting, those inside others too', () => {
    const paths = pathsOf(z.toJSONSchema(settings, { io: 'input' }) as Schema);
    expect(paths).toEqual(expect.arrayContaining(['approvers', 'tasks.<name>.approvers', 'digests.mode']));
    const missing = paths.filter((path) => path !== '$schema' && !text.includes(`| \`${path}\` |`));
    expect(missing).toEqual([]);
  });

  it('names nothing that is no setting', () => {
    const paths = new Set(pathsOf(z.toJSONSchema(settings, { io: 'input' }) as Schema));
    const named = [...text.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => String(path));
    expect(named.filter((path) => !paths.has(path))).toEqual([]);
  });

  it('shows settings that are right', () => {
    const shown = [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => String(json));
    expect(shown).toHaveLength(1);
    for (const json of shown) {
      expect(faultsIn(settings, { ...exampleSettings, ...JSON.parse(json) })).toEqual([]);
    }
  });
});
