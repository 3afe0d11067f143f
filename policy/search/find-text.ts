import type { Meter } from './meter.ts';

/**
 * Finds a text that several lists of globs have in common. Globs are as in the policy language: `*` for any characters,
 * `?` for one. Where two Denys spare `role/admin-*` and `role/*-prod`, it finds `role/admin--prod`: somebody may be
 * called so.
 */

interface Wanted {
  /** Of each list, one glob has to match. */
  readonly all: readonly (readonly string[])[];
  /** None of these may match. */
  readonly none: readonly string[];
}

/** For each glob, the places in it that a reading of the text so far may have come to. */
type Places = readonly (readonly number[])[];

interface Step {
  readonly text: string;
  readonly all: readonly Places[];
  readonly none: Places;
}

/** Any character that no glob names. */
const fresh = 'x';
/** How many places are looked at before the search is given up. */
const budget = 60_000;

/** A shortest such text; null where there is none; `undefined` where the search was given up before it was known. */
export function findText({ all, none }: Wanted, meter?: Pick<Meter, 'spend'>): string | null | undefined {
  const start: Step = {
    text: '',
    all: all.map((globs) => globs.map((glob) => closed(glob, [0]))),
    none: none.map((glob) => closed(glob, [0])),
  };
  const seen = new Set<string>();
  // A glob with n stars may have been read up to n places at once.
  const each = [...all.flat(), ...none].reduce((sum, glob) => sum + glob.split('*').length, 0);
  let work = 0;
  let steps: Step[] = [start];
  while (steps.length > 0) {
    const further: Step[] = [];
    for (const step of steps) {
      if (isFound(step, all, none)) return step.text;
      for (const character of charactersAfter(step, all, none)) {
        work += each;
        meter?.spend(each);
        if (work > budget) return undefined;
        const next = advanced(step, character, all, none);
        if (next.all.some((places) => places.every((at) => at.length === 0))) continue;
        const key = JSON.stringify([next.all, next.none]);
        if (seen.has(key)) continue;
        seen.add(key);
        further.push(next);
      }
    }
    steps = further;
  }
  return null;
}

function isFound({ all: places, none: outside }: Step, all: Wanted['all'], none: Wanted['none']): boolean {
  const ends = (globs: readonly string[], at: Places) =>
    globs.some((glob, index) => at[index]?.includes(glob.length));
  return all.every((globs, index) => ends(globs, places[index] ?? [])) && !ends(none, outside);
}

/** The places that are reached from these without a character: a `*` may stand for nothing. */
function closed(glob: string, places: readonly number[]): number[] {
  const reached = new Set(places);
  for (const place of reached) if (glob[place] === '*') reached.add(place + 1);
  return [...reached].sort((a, b) => a - b);
}

function placesAfter(glob: string, places: readonly number[], character: string): number[] {
  const next: number[] = [];
  for (const place of places) {
    const here = glob[place];
    if (here === '*') next.push(place);
    else if (here === '?' || here === character) next.push(place + 1);
  }
  return closed(glob, next);
}

function advanced(step: Step, character: string, all: Wanted['all'], none: Wanted['none']): Step {
  const after = (globs: readonly string[], places: Places) =>
    globs.map((glob, index) => placesAfter(glob, places[index] ?? [], character));
  return {
    text: step.text + character,
    all: all.map((globs, index) => after(globs, step.all[index] ?? [])),
    none: after(none, step.none),
  };
}

/** The characters that globs name at the places that were reached, and one that none names. */
function charactersAfter(step: Step, all: Wanted['all'], none: Wanted['none']): string[] {
  const characters = new Set<string>([fresh]);
  const add = (globs: readonly string[], places: Places) =>
    globs.forEach((glob, index) => {
      for (const place of places[index] ?? []) {
        const here = glob[place];
        if (here !== undefined && here !== '*' && here !== '?') characters.add(here);
      }
    });
  all.forEach((globs, index) => {
    add(globs, step.all[index] ?? []);
  });
  add(none, step.none);
  return [...characters];
}
