import type { PolicyDocument } from '../../../parts.ts';
import { matchesWildcard } from '../../../wildcard.ts';
import { policyFaults } from '../../authorize.ts';
import { isRecord } from '../../wire/json.ts';
import { conditionKeysIn } from '../resource-policy/conditions.ts';
import { isTooDeep, parsePolicy, repeatsSid } from '../resource-policy/document.ts';
import { principalsOf } from '../resource-policy/principals.ts';
import { type PolicyTarget, statementFault } from '../resource-policy/statement-fault.ts';
import { invalidAttributeValue, overLimit } from './errors.ts';

/** Source: Amazon SQS Developer Guide, "Amazon SQS policy quotas". */
const most = { bytes: 8192, Statements: 20, Actions: 7, Principals: 50, Conditions: 10 } as const;

/** Takes a queue policy, or refuses it: SQS says no more than that the value is invalid, or which quota it exceeds. */
export async function acceptPolicy(text: unknown, queueArn: string): Promise<PolicyDocument> {
  const document = typeof text === 'string' ? parsePolicy(text) : undefined;
  if (document === undefined || !('Statement' in document) || isTooDeep(document)) throw refused();
  if (Buffer.byteLength(String(text)) > most.bytes) throw refused();
  const policy: PolicyDocument = { ...document, Statement: document.Statement };
  const statements = [policy.Statement].flat();
  if (statements.length === 0 || !statements.every(isRecord) || repeatsSid(statements)) throw refused();
  for (const statement of statements) {
    if ((await statementFault(statement, queueTarget(queueArn))) !== undefined) throw refused();
  }
  if ((await policyFaults('resource', policy)).length > 0) throw refused();
  checkQuotas(statements);
  return policy;
}

function checkQuotas(statements: readonly Record<string, unknown>[]): void {
  const counts: (readonly [keyof typeof most, number])[] = [
    ['Statements', statements.length],
    ['Principals', statements.flatMap((one) => principalsOf(one) ?? []).length],
    ['Conditions', statements.flatMap(({ Condition }) => conditionKeysIn(Condition)).length],
    ...statements.map(({ Action, NotAction }) => ['Actions', [Action ?? NotAction].flat().length] as const),
  ];
  for (const [what, count] of counts) if (count > most[what]) throw overLimit(what, count, most[what]);
}

function queueTarget(queueArn: string): PolicyTarget {
  return {
    service: 'sqs',
    partition: queueArn.split(':')[1] ?? '',
    needsResource: false,
    typesReachedBy: (pattern) => (matchesWildcard(pattern, queueArn) ? ['queue'] : []),
  };
}

function refused() {
  return invalidAttributeValue('Policy');
}
