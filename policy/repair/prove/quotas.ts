import type { Policy } from '../../language.ts';
import { type Quotas, quotas } from '../../service/quotas.ts';
import { asCompactText, bytesOf } from '../document.ts';

type Counts = Readonly<Record<keyof Quotas, number>>;

const inWords: Readonly<Record<keyof Quotas, string>> = {
  bytes: 'bytes',
  statements: 'statements',
  actionsPerStatement: 'actions in a statement',
  conditionsPerStatement: 'conditions in a statement',
};

function countsOf({ document, statements }: Policy): Counts {
  const most = (count: (one: Policy['statements'][number]) => number) => Math.max(...statements.map(count));
  return {
    bytes: bytesOf(asCompactText(document)),
    statements: statements.length,
    actionsPerStatement: most(({ actions }) => actions.patterns.length),
    conditionsPerStatement: most(({ conditions }) => conditions.length),
  };
}

/** Which quota the changed policy exceeds; null for none. What was there before, AWS has taken, and takes again. */
export function quotaFault(before: Policy, after: Policy): string | null {
  const [old, fresh] = [countsOf(before), countsOf(after)];
  for (const quota of ['bytes', 'statements', 'actionsPerStatement', 'conditionsPerStatement'] as const) {
    const most = quotas[before.service][quota];
    if (most !== null && fresh[quota] > Math.max(most, old[quota]))
      return `it would have ${fresh[quota]} ${inWords[quota]}, and ${before.service.toUpperCase()} takes ${most}`;
  }
  return null;
}
