import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const exampleFile = join(import.meta.dirname, '../../examples/settings.json');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects are merged key by key; lists and everything else are replaced. */
function merge(base: unknown, over: unknown): unknown {
  if (!isObject(base) || !isObject(over)) return over;
  return {
    ...base,
    ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merge(base[key], value)])),
  };
}

/** The settings of a scenario, merged over examples/settings.json. */
export function mergedSettings(own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { $schema: _, ...example } = JSON.parse(readFileSync(exampleFile, 'utf8'));
  return merge(example, own) as Record<string, unknown>;
}
