import { createHash } from 'node:crypto';

/** What is still to be written: text as it stands, a value, or the end of an object or list. */
type Piece = string | { readonly value: unknown } | { readonly end: object };

/**
 * JSON with sorted keys and no white space: one text for one value, whatever order its keys came in. Keys whose value
 * is undefined are left out, as JSON does. Throws a TypeError for what JSON cannot say (functions, cycles); a number beyond its range is written as text. It
 * keeps its own stack: an event may be nested deeper than JSON.stringify can follow, and must be recorded all the same.
 */
export function canonicalJson(value: unknown): string {
  const written: string[] = [];
  const open = new Set<object>();
  const rest: Piece[] = [{ value }];
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    if (typeof piece === 'string') {
      written.push(piece);
    } else if ('end' in piece) {
      open.delete(piece.end);
    } else if (typeof piece.value === 'object' && piece.value !== null) {
      if (open.has(piece.value)) throw new TypeError('JSON has no cycles');
      open.add(piece.value);
      for (const part of piecesOf(piece.value).reverse()) rest.push(part);
    } else {
      written.push(textOf(piece.value));
    }
  }
  return written.join('');
}

/** An object or a list, taken apart one level deep. */
function piecesOf(composite: object): Piece[] {
  const members: Piece[][] = Array.isArray(composite)
    ? composite.map((item: unknown) => [{ value: item ?? null }])
    : Object.entries(composite)
        .filter(([, member]) => member !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, member]: [string, unknown]) => [`${JSON.stringify(key)}:`, { value: member }]);
  const separated = members.flatMap((member, index) => (index === 0 ? member : [',', ...member]));
  const [opening, closing] = Array.isArray(composite) ? ['[', ']'] : ['{', '}'];
  return [opening, ...separated, closing, { end: composite }];
}

function textOf(value: unknown): string {
  // JSON.parse reads 1e400 as Infinity, which JSON cannot write: such an event must be recorded all the same.
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value));
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`JSON has no ${typeof value}`);
  return text;
}

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
