import type { PolicyDocument } from '../../../parts.ts';
import { isRecord } from '../../wire/json.ts';

const documentOrder = ['Version', 'Id', 'Statement'];
const statementOrder = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** What S3 keeps of a policy: the document, with account ids among the principals written as root ARNs. */
export function asS3Stores(policy: PolicyDocument): PolicyDocument {
  const statements = [policy.Statement].flat().map((statement) => {
    if (!isRecord(statement)) return statement;
    return mapPrincipals(statement, (principal) => principal.replace(/^(\d{12})$/, 'arn:aws:iam::$1:root'));
  });
  return { ...policy, Statement: statements };
}

/**
 * How S3 gives a policy back: its own compact text, not your bytes. Keys come in S3's order, a list of one as the
 * string, and lists of principals in an order that changes from read to read.
 */
export function asS3Writes(policy: PolicyDocument, read: number): unknown {
  const statements = [asS3Stores(policy).Statement].flat().map((statement) => {
    if (!isRecord(statement)) return statement;
    return collapsed(ordered(rotatePrincipals(statement, read), statementOrder));
  });
  return ordered({ ...policy, Statement: statements }, documentOrder);
}

function ordered(
  record: Readonly<Record<string, unknown>>,
  order: readonly string[],
): Record<string, unknown> {
  return Object.fromEntries(
    order.filter((key) => record[key] !== undefined).map((key) => [key, record[key]]),
  );
}

function mapPrincipals(statement: Record<string, unknown>, change: (principal: string) => string) {
  return changePrincipals(statement, (list) =>
    list.map((one) => (typeof one === 'string' ? change(one) : one)),
  );
}

function rotatePrincipals(statement: Record<string, unknown>, by: number) {
  return changePrincipals(statement, (list) => {
    const shift = by % Math.max(1, list.length);
    return [...list.slice(shift), ...list.slice(0, shift)];
  });
}

function changePrincipals(statement: Record<string, unknown>, change: (list: unknown[]) => unknown[]) {
  const changed = { ...statement };
  for (const key of ['Principal', 'NotPrincipal']) {
    const principals = changed[key];
    if (!isRecord(principals)) continue;
    changed[key] = Object.fromEntries(
      Object.entries(principals).map(([kind, value]) => [kind, change([value].flat())]),
    );
  }
  return changed;
}

function collapsed(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? collapsed(value[0]) : value.map(collapsed);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, collapsed(inner)]));
}
