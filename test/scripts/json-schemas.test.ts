import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { targetSchemaOf } from '../../contract/target.ts';
import { jsonSchemaOf, jsonSchemas } from '../../scripts/json-schemas.ts';

const directory = join(import.meta.dirname, '..', '..', 'schemas');

describe('the JSON Schemas', () => {
  it.each([...jsonSchemas()])(
    '%s says what the contract says (npm run schemas writes it)',
    (name, generated) => {
      expect(readFileSync(join(directory, name), 'utf8')).toBe(generated);
    },
  );

  it('are no more files than the contract has', () => {
    expect(readdirSync(directory).sort()).toEqual([...jsonSchemas().keys()].sort());
  });

  it('say that a key has to be left out, where it has no value', () => {
    const { anyOf, oneOf = anyOf } = jsonSchemaOf(targetSchemaOf('audit-root-credentials'), 'input');
    expect(oneOf).toMatchObject([
      { properties: { organization: { not: {} } }, required: ['accountId'] },
      { properties: { organization: { const: true } }, required: ['organization'] },
    ]);
  });

  it.each([
    ['a date', z.object({ at: z.date() })],
    ['a number beyond JSON', z.object({ size: z.bigint() })],
    ['what only code can check', z.object({ any: z.custom<string>() })],
    ['nothing in the place of something', z.object({ none: z.void() })],
  ])('are none for %s, which JSON Schema cannot say', (_, schema) => {
    expect(() => jsonSchemaOf(schema, 'input')).toThrow('cannot be represented');
  });
});
