import type { PolicyDocument } from '../../../parts.ts';
import { policyFaults } from '../../authorize.ts';
import { isRecord } from '../../wire/json.ts';
import { namesDeleted } from '../deleted-principals.ts';
import { invalidAttributeValue } from './errors.ts';

/** Takes a queue policy, or refuses it: SQS says no more than that the value is invalid. */
export async function acceptPolicy(text: unknown): Promise<PolicyDocument> {
  const document = typeof text === 'string' ? parse(text) : undefined;
  if (document === undefined || !('Statement' in document)) throw invalidAttributeValue('Policy');
  const policy: PolicyDocument = { ...document, Statement: document.Statement };
  const statements = [policy.Statement].flat();
  if (statements.length === 0 || !statements.every(isForQueues)) throw invalidAttributeValue('Policy');
  if ((await policyFaults('resource', policy)).length > 0) throw invalidAttributeValue('Policy');
  return policy;
}

function isForQueues(statement: unknown): boolean {
  if (!isRecord(statement) || namesDeleted(statement)) return false;
  const actions = [statement.Action ?? statement.NotAction].flat();
  const principals = principalsOf(statement.Principal ?? statement.NotPrincipal);
  return (
    principals.length > 0 &&
    principals.every(isPrincipal) &&
    actions.every((action) => typeof action === 'string' && /^(?:\*$|sqs:)/i.test(action))
  );
}

function principalsOf(stated: unknown): unknown[] {
  return isRecord(stated) ? Object.values(stated).flat() : [stated];
}

function isPrincipal(principal: unknown): boolean {
  if (typeof principal !== 'string') return false;
  return !principal.startsWith('arn:') || /^arn:[a-z-]+:(?:iam|sts)::\d{12}:.+$/.test(principal);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return isRecord(document) ? document : undefined;
  } catch {
    return undefined;
  }
}
