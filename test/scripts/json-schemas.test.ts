import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from '../../scripts/json-schemas.ts';

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
});
