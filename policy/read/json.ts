import type { Place } from './place.ts';
import { Scanner } from './scanner.ts';

/**
 * The value of a JSON text. Null where it has none, or not a single one: `JSON.parse` keeps the last of two members
 * with one name, and a policy of which it kept the wrong half would be misread.
 */
export function readJson(text: string, place: Place): { readonly value: unknown } | null {
  if (text.trim() === '') return place.fault('the text is empty: expected a policy, which is a JSON object');
  const scanned = new Scanner(text).scan(place);
  if (!scanned) return null;
  try {
    return { value: JSON.parse(text) };
  } catch {
    // The scanner follows the same grammar, so nobody expects this; a text that it lets through is no policy for that.
    return place.fault('the text is not valid JSON');
  }
}
