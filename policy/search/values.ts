import { edgesOf } from '../evaluate/ip-address.ts';
import type { Condition } from '../language.ts';
import { findText } from './find-text.ts';
import type { Meter } from './meter.ts';
import { globsIn } from './texts.ts';

/** The values that a key may have in a request, as far as these conditions can tell one from another. */
export type Values = readonly string[];

/** Not there at all. */
export const absent: Values = [];

/** Something that no condition names: an address for documentation, a text, an id. */
const others = { ip: ['198.18.0.1', '2001:db8:ffff::1', '0.0.0.0', '::'], text: 'zz-other-zz' };

/**
 * One representative for each way in which the conditions on a key can come out, as far as they are found: each value
 * that is named, what several have in common, something that none names, and nothing.
 */
export function valuesFor(conditions: readonly Condition[], meter: Meter): Values[] {
  const single = [
    ...new Set(conditions.flatMap(singleValues)),
    ...shared(conditions, meter),
    ...otherTexts(conditions, meter),
  ];
  const lists: Values[] = [absent, ...single.map((value) => [value])];
  if (conditions.some(({ set }) => set !== null)) {
    lists.push(
      single,
      ...single.flatMap((one, index) => single.slice(index + 1, index + 8).map((two) => [one, two])),
    );
  }
  return lists;
}

function singleValues(condition: Condition): string[] {
  const { operator, values } = condition;
  if (operator === 'Null') return [others.text];
  if (operator === 'Bool') return ['true', 'false'];
  if (operator.endsWith('IpAddress')) return [...others.ip, ...values.flatMap(edgesOf)];
  if (operator.startsWith('Numeric')) return values.flatMap((value) => around(Number(value), 1));
  if (operator.startsWith('Date')) return values.flatMap(timesAround);
  if (operator.startsWith('Binary')) return [...values];
  return [
    ...values
      .map((value) => value.replaceAll(/\$\{([*?$])\}/g, '$1'))
      .filter((value) => !value.includes('${')),
    ...globsIn(condition).map((glob) => glob.replaceAll(/[*?]/g, 'x')),
  ];
}

function around(value: number, step: number): string[] {
  return Number.isFinite(value) ? [value, value - step, value + step].map(String) : [];
}

function timesAround(value: string): string[] {
  const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (!Number.isFinite(time)) return [];
  return [time, time - 1000, time + 1000].flatMap((at) => {
    const date = new Date(at);
    return Number.isNaN(date.getTime()) ? [] : [date.toISOString()];
  });
}

function shared(conditions: readonly Condition[], meter: Meter): string[] {
  const lists = conditions.map(globsIn).filter((globs) => globs.length > 0);
  const pairs = lists.flatMap((one, index) => lists.slice(index + 1).map((two) => [one, two]));
  const groups = lists.length > 2 ? [...pairs.slice(0, 20), lists] : pairs;
  return groups.flatMap((all) => findText({ all, none: [] }, meter) ?? []);
}

function otherTexts(conditions: readonly Condition[], meter: Meter): string[] {
  const named = conditions.flatMap(globsIn);
  const found = findText({ all: [['*']], none: [...named, ''] }, meter);
  return typeof found === 'string' ? [others.text, found] : [others.text];
}
