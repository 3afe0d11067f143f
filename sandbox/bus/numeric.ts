export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** The comparisons that `numeric` may name. */
export const compareNumbers: Readonly<Record<Comparison, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};
