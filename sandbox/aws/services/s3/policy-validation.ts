import type { PolicyDocument } from '../../../parts.ts';
import { matchesWildcard } from '../../../wildcard.ts';
import { policyFaults } from '../../authorize.ts';
import { AwsError } from '../../errors.ts';
import { isRecord } from '../../wire/json.ts';
import { isTooDeep, parsePolicy, repeatsSid } from '../resource-policy/document.ts';
import {
  type PolicyTarget,
  type StatementFault,
  statementFault,
} from '../resource-policy/statement-fault.ts';

const maximumBytes = 20_480;

/** Takes a bucket policy or refuses it in S3's words. */
export async function acceptPolicy(text: string, bucketArn: string): Promise<PolicyDocument> {
  const document = text.startsWith('{') ? parsePolicy(text) : undefined;
  if (document === undefined) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  if (!('Statement' in document)) throw malformed('Missing required field Statement');
  if (isTooDeep(document)) throw malformed('Invalid policy syntax.');
  const policy: PolicyDocument = { ...document, Statement: document.Statement };
  if (Buffer.byteLength(JSON.stringify(policy)) > maximumBytes) {
    throw malformed('Normalized policy document exceeds the maximum allowed size of 20480 bytes');
  }
  const statements = [policy.Statement].flat();
  if (statements.length === 0) throw malformed('Could not parse the policy: Statement is empty!');
  if (!statements.every(isRecord)) throw malformed('Invalid policy syntax.');
  for (const statement of statements) {
    const fault = await statementFault(statement, bucketTarget(bucketArn));
    if (fault !== undefined) throw malformed(wordsFor(fault));
  }
  if ((await policyFaults('resource', policy)).length > 0) throw malformed('Invalid policy syntax.');
  if (repeatsSid(statements)) throw malformed('Statement IDs (SID) in a single policy must be unique.');
  return policy;
}

function bucketTarget(bucketArn: string): PolicyTarget {
  const [, partition = '', , , , bucketName = ''] = bucketArn.split(':');
  return {
    service: 's3',
    partition,
    needsResource: true,
    typesReachedBy(pattern) {
      const prefix = `arn:${partition}:s3:::`;
      if (!pattern.startsWith(prefix)) return [];
      const rest = pattern.slice(prefix.length);
      const [ofBucket = '', ...ofObject] = rest.split('/');
      if (!matchesBucket(ofBucket, bucketName)) return [];
      if (ofObject.length > 0) return ['object'];
      // An asterisk reaches beyond the name of the bucket, into its objects.
      return rest.includes('*') ? ['bucket', 'object'] : ['bucket'];
    },
  };
}

/** A policy variable (`${aws:username}`) may come to any text. */
function matchesBucket(pattern: string, bucketName: string): boolean {
  return matchesWildcard(pattern.replaceAll(/\$\{[^}]*\}/g, '*'), bucketName);
}

function wordsFor(fault: StatementFault): string {
  switch (fault.kind) {
    case 'missing':
      return `Missing required field ${fault.field}`;
    case 'principal':
      return 'Invalid principal in policy';
    case 'action':
      return 'Policy has invalid action';
    case 'resource':
      return 'Policy has invalid resource';
    case 'action without resource':
      return 'Action does not apply to any resource(s) in statement';
    case 'condition operator':
      return `Invalid Condition type : ${fault.operator}`;
    case 'condition key':
      return 'Policy has an invalid condition key';
    case 'condition without action':
      return 'Conditions do not apply to combination of actions and resources in statement';
    default:
      return fault satisfies never;
  }
}

export function malformed(message: string): AwsError {
  return new AwsError(400, 'MalformedPolicy', message);
}
