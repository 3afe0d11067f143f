import type { Policy, Service } from '../../../policy/language.ts';
import { readPolicy } from '../../../policy/read-policy.ts';

/** A document that AWS would take. */
export function read(document: unknown, service: Service): Policy {
  const found = readPolicy(JSON.stringify(document), service);
  if (found.kind === 'malformed')
    throw new Error(`AWS takes it: ${JSON.stringify([document, found.faults])}`);
  return found.policy;
}
