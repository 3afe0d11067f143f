import { isRecord } from '../wire/json.ts';

/**
 * Whether a statement names a principal by the unique id that AWS shows for one that was deleted. Nobody has it any more,
 * and AWS refuses a policy that is put with it. Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export function namesDeleted(statement: Record<string, unknown>): boolean {
  const stated = statement.Principal ?? statement.NotPrincipal;
  const named = isRecord(stated) ? [stated.AWS].flat() : [];
  return named.some((one) => typeof one === 'string' && /^A(?:IDA|ROA)[A-Z0-9]+$/.test(one));
}
