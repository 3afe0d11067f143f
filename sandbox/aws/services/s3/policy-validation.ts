import type { PolicyDocument } from '../../../parts.ts';
import { policyFaults } from '../../authorize.ts';
import { AwsError } from '../../errors.ts';
import { isRecord } from '../../wire/json.ts';
import { namesDeleted } from '../deleted-principals.ts';

const maximumBytes = 20_480;

/** Takes a bucket policy or refuses it in S3's words. */
export async function acceptPolicy(text: string, bucketArn: string): Promise<PolicyDocument> {
  const document = parse(text);
  if (document === undefined) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (!('Statement' in document)) throw malformed('Missing required field Statement');
  const policy: PolicyDocument = { ...document, Statement: document.Statement };
  if (Buffer.byteLength(JSON.stringify(policy)) > maximumBytes) {
    throw malformed('Normalized policy document exceeds the maximum allowed size of 20480 bytes');
  }
  const statements = [policy.Statement].flat();
  if (statements.length === 0) throw malformed('Could not parse the policy: Statement is empty!');
  if (!statements.every(isRecord)) throw malformed('Invalid policy syntax.');
  for (const statement of statements) checkStatement(statement, bucketArn);
  const faults = await policyFaults('resource', policy);
  if (faults.some((fault) => /principal/i.test(fault))) throw malformed('Invalid principal in policy');
  if (faults.length > 0) throw malformed('Invalid policy syntax.');
  return policy;
}

function checkStatement(statement: Record<string, unknown>, bucketArn: string): void {
  if (!('Principal' in statement || 'NotPrincipal' in statement))
    throw malformed('Missing required field Principal');
  if (namesDeleted(statement)) throw malformed('Invalid principal in policy');
  const actions = texts(statement.Action ?? statement.NotAction);
  if (actions.length === 0) throw malformed('Missing required field Action');
  if (actions.some((action) => !/^(\*$|s3:)/i.test(action))) throw malformed('Policy has invalid action');
  const resources = texts(statement.Resource ?? statement.NotResource);
  if (resources.length === 0) throw malformed('Missing required field Resource');
  const isOfBucket = (arn: string) =>
    arn === '*' || arn === bucketArn || arn.startsWith(`${bucketArn}/`) || isPatternFor(arn, bucketArn);
  if (!resources.every(isOfBucket)) throw malformed('Policy has invalid resource');
}

/** `arn:aws:s3:::project-*` may stand in the policy of bucket project-prod-1. */
function isPatternFor(pattern: string, bucketArn: string): boolean {
  const [head = ''] = pattern.split(/[*?]/, 1);
  return head !== pattern && bucketArn.startsWith(head);
}

function texts(value: unknown): string[] {
  return [value].flat().filter((one) => typeof one === 'string');
}

function parse(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const document: unknown = JSON.parse(text);
    return isRecord(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

export function malformed(message: string): AwsError {
  return new AwsError(400, 'MalformedPolicy', message);
}
