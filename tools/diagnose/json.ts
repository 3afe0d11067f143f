import { visibleJson } from '../../contract/shown.ts';
import type { Repaired } from '../../policy/diagnosis.ts';
import type { Answer } from './answer.ts';

/** Answers as JSON: one as an object, several as an array. */
export function jsonFor(answers: readonly Answer[]): string {
  const [only, ...others] = answers.map(objectFor);
  const all =
    others.length === 0 ? only : answers.map((answer) => ({ file: answer.file, ...objectFor(answer) }));
  return visibleJson(JSON.stringify(all, null, 2));
}

function objectFor({ diagnosis, repaired, sha256 }: Answer) {
  const { actions, faults, needsRoot, verdict, without } = diagnosis;
  return { verdict, needsRoot, without, actions, faults, sha256, repair: repairFor(repaired) };
}

function repairFor(repaired: Repaired | null) {
  if (repaired === null) return null;
  switch (repaired.kind) {
    case 'repair': {
      const { changes, diff, sha256, statements, text } = repaired;
      return { possible: true, sha256, policy: JSON.parse(text) as unknown, changes, statements, diff };
    }
    case 'not-needed':
      return null;
    case 'none-safe':
      return { possible: false, why: repaired.why };
    default:
      return repaired satisfies never;
  }
}
