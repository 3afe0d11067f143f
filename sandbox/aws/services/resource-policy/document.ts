import { isDeeperThan } from '../../../deep-json.ts';
import { isRecord } from '../../wire/json.ts';

/** No policy has as many levels: what has is no policy, and would run checks that call themselves out of stack. */
const deepest = 10;

/** A policy text as an object with a Statement, with what is in that; undefined for any other text. */
export function parsePolicy(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isRecord(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

export function isTooDeep(document: Readonly<Record<string, unknown>>): boolean {
  return isDeeperThan(deepest, document);
}

/** Whether two statements have the same Sid. Source: IAM User Guide, "IAM JSON policy elements: Sid". */
export function repeatsSid(statements: readonly Readonly<Record<string, unknown>>[]): boolean {
  const sids = statements.flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []));
  return new Set(sids).size < sids.length;
}
