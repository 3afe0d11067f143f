import type { Patterns, Policy, Statement } from '../language.ts';
import { type WrittenStatement, withActions, withStatements, writtenStatements } from './document.ts';
import { guardOf, guardSid } from './guard.ts';
import { narrow } from './narrow.ts';
import { keepsOutsidersOut } from './outsiders.ts';

/** Where a statement of the new document comes from: it was there, changed or not, or it stands in for a part of one. */
export type Origin =
  | { readonly kind: 'statement'; readonly index: number }
  | { readonly kind: 'guard'; readonly index: number };

/** What was done to one statement. */
export interface Change {
  readonly statement: Statement;
  /** Its actions now; null where it went. */
  readonly actions: Patterns | null;
  /** The administrative actions that it no longer denies. */
  readonly taken: readonly string[];
  readonly namesOnly: boolean;
  /** Sid of the statement that keeps outsiders out in its place. */
  readonly guard: string | null;
}

/** A changed document, and an account of it: what is proven of it is proven without trust in that. */
export interface Rewritten {
  readonly document: Readonly<Record<string, unknown>>;
  /** One for each of its statements. */
  readonly origins: readonly Origin[];
  readonly changes: readonly Change[];
}

interface Part {
  readonly written: WrittenStatement;
  readonly origin: Origin;
}

/** Takes policy administration out of these statements, and puts a guard where outsiders would come in by that. */
export function rewrite(policy: Policy, indexes: ReadonlySet<number>, accountId: string): Rewritten {
  const written = writtenStatements(policy.document);
  const sids = new Set(policy.statements.flatMap(({ sid }) => sid ?? []));
  const changes: Change[] = [];
  const parts = policy.statements.flatMap((statement): Part[] => {
    const { index } = statement;
    const own = written[index];
    if (own === undefined) throw new Error(`the document has no statement ${index}`);
    const origin = { kind: 'statement', index } as const;
    if (!indexes.has(index)) return [{ written: own, origin }];
    const { actions, namesOnly, taken } = narrow(policy.service, statement);
    const kept = actions === null ? [] : [{ written: withActions(own, actions), origin }];
    if (!keepsOutsidersOut(policy, statement, taken, accountId)) {
      changes.push({ statement, actions, taken, namesOnly, guard: null });
      return kept;
    }
    const sid = guardSid(statement, sids);
    sids.add(sid);
    changes.push({ statement, actions, taken, namesOnly, guard: sid });
    return [...kept, { written: guardOf(own, taken, sid, accountId), origin: { kind: 'guard', index } }];
  });
  return {
    document: withStatements(
      policy.document,
      parts.map((part) => part.written),
    ),
    origins: parts.map(({ origin }) => origin),
    changes,
  };
}
