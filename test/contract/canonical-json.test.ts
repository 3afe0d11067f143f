import fc from 'fast-check';
import { canonicalJson, sha256 } from '../../contract/canonical-json.ts';

/** The same value with the keys of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reordered(member)]),
  );
}

const json = fc.jsonValue({ noUnicodeString: false });

describe('canonical JSON', () => {
  it('sorts keys at every depth and leaves no white space', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"x","d":null}]}',
    );
  });

  it('leaves out keys that are undefined, and keeps the place of items that are', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
  });

  it('says the value again when it is parsed', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of keys', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(reordered(value)) === canonicalJson(value)));
  });

  it('is as long as what JSON.stringify writes', () => {
    fc.assert(fc.property(json, (value) => canonicalJson(value).length === JSON.stringify(value).length));
  });

  it('takes a value twice, one beside the other', () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared, { shared }])).toBe('[{"a":1},{"a":1},{"shared":{"a":1}}]');
  });

  it('follows a value deeper than JSON.stringify does', () => {
    const depth = 100_000;
    const deep: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(canonicalJson(deep)).toHaveLength(2 * depth);
  });

  it.each<[string, unknown]>([
    ['a function', () => 1],
    ['undefined', undefined],
    ['a big integer', [1n]],
  ])('cannot say %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('writes a number beyond the range of JSON as text', () => {
    expect(canonicalJson(JSON.parse('[1e400, -1e400]'))).toBe('["Infinity","-Infinity"]');
  });

  it('cannot say what holds itself', () => {
    const circle: unknown[] = [];
    circle.push({ circle });
    expect(() => canonicalJson(circle)).toThrow(/cycles/);
  });
});

describe('sha256', () => {
  it('is over the UTF-8 bytes', () => {
    expect(sha256('ä')).toBe('33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc');
  });
});
