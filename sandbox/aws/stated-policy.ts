import type { PolicyDocument } from '../parts.ts';
import { SandboxError } from './errors.ts';
import { isRecord } from './wire/json.ts';

/**
 * A policy as a document, whichever way the organization's state writes it: as an object, as text, or null for none.
 * `owner` names whose it is in the error for what is no policy.
 */
export function statedPolicy(stated: unknown, owner: string): PolicyDocument | null {
  if (stated === null || stated === undefined || stated === '') return null;
  const document: unknown = typeof stated === 'string' ? parsed(stated, owner) : stated;
  if (isRecord(document) && 'Statement' in document) return { ...document, Statement: document.Statement };
  throw new SandboxError(`the policy of ${owner} is no policy document`);
}

function parsed(text: string, owner: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SandboxError(`the policy of ${owner} is not JSON`, { cause });
  }
}
