import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leastPrivilegeMatrix, type Matrix } from './least-privilege/matrix.ts';

let matrix: Matrix;
beforeAll(async () => {
  matrix = await leastPrivilegeMatrix();
});

/** A change of this file is a change of what the product may do: `least-privilege/write.ts` writes it anew. */
const agreedTo = readFileSync(join(import.meta.dirname, 'least-privilege.txt'), 'utf8');

test('of all that every role tries, IAM lets it do exactly what a person has agreed to', () => {
  process.stdout.write(`${matrix.text}\n`);
  expect(matrix.text).toBe(agreedTo);
});

test('nothing was tried in vain: each action was asked about a resource of its kind', () => {
  const never = [...matrix.decided].filter(([, times]) => times === 0).map(([action]) => action);
  expect(never).toEqual([]);
});
