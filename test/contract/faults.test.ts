import * as z from 'zod';
import { pathText } from '../../contract/faults.ts';
import { faultsIn } from './given.ts';

describe('the path of a fault', () => {
  it.each<[PropertyKey[], string]>([
    [[], '(document)'],
    [['approvals', 0, 'approver'], 'approvals[0].approver'],
    [['tasks', 'unlock-s3-bucket', 'enabled'], 'tasks.unlock-s3-bucket.enabled'],
    [['$schema'], '$schema'],
    [['x\nEnding: succeeded'], '["x\\nEnding: succeeded"]'],
    [['x\u2028y'], '["x\\u{2028}y"]'],
    [['a.b'], '["a.b"]'],
  ])('%j is written %s', (path, text) => {
    expect(pathText(path)).toBe(text);
  });

  it('is short even for a key that is not', () => {
    expect(pathText(['k'.repeat(30_000)]).length).toBeLessThan(130);
  });
});

describe('the faults of a document', () => {
  const schema = z.strictObject({ name: z.string('expected a name') });
  const message = (value: unknown) => faultsIn(schema, { name: value })[0]?.message;

  it('say what was expected and what was found', () => {
    expect(faultsIn(schema, { name: 1 })).toEqual([{ path: 'name', message: 'expected a name; found 1' }]);
    expect(message(undefined)).toBe('expected a name; found nothing');
  });

  it('show no more than the beginning of what was found', () => {
    expect(message(['a'.repeat(500)])).toHaveLength('expected a name; found '.length + 120);
  });

  it('never cut a character in half', () => {
    const found = message(['🔒'.repeat(500)]) ?? '';
    expect(found.isWellFormed()).toBe(true);
  });

  it('make visible what is invisible', () => {
    expect(message(['a\u202eb'])).toBe('expected a name; found ["a\\u{202e}b"]');
  });

  it('tell of a value that is deeper than JSON.stringify follows', () => {
    expect(message(JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)))).toMatch(
      /^expected a name; found \[{10}/,
    );
  });

  it('tell of a value that JSON cannot say', () => {
    expect(message(() => 1)).toBe('expected a name; found function');
  });

  it('are 50 at most, unknown keys included', () => {
    const keys = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`key${index}`, 1]));
    expect(faultsIn(schema, keys)).toHaveLength(50);
    expect(
      faultsIn(
        z.array(z.string()),
        Array.from({ length: 3000 }, () => 1),
      ),
    ).toHaveLength(50);
  });
});
