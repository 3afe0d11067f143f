import type { Patterns, Service } from '../language.ts';
import { actionFault } from './actions.ts';
import type { Place } from './place.ts';
import { resourceFault } from './resources.ts';
import { kindOf, listOf } from './shapes.ts';

/** Action or NotAction. Null, and said, where AWS would refuse it. */
export function readActions(
  value: unknown,
  not: boolean,
  service: Service | null,
  place: Place,
): Patterns | null {
  return readPatterns(value, not, place, (text) => actionFault(text, service));
}

/** Resource or NotResource. Null, and said, where AWS would refuse it. */
export function readResources(
  value: unknown,
  not: boolean,
  service: Service | null,
  place: Place,
): Patterns | null {
  return readPatterns(value, not, place, (text) => resourceFault(text, service));
}

function readPatterns(
  value: unknown,
  not: boolean,
  place: Place,
  faultOf: (text: string) => string | null,
): Patterns | null {
  const patterns: string[] = [];
  for (const [item, at] of listOf(value, place) ?? []) {
    if (typeof item !== 'string') {
      at.fault(`is ${kindOf(item)}: expected a text in quotes, or a list of them`);
      continue;
    }
    const fault = faultOf(item);
    if (fault !== null) at.fault(fault);
    patterns.push(item);
  }
  return { not, patterns };
}
