import type { RequestAnalysis } from '@cloud-copilot/iam-simulate';
import { taskPolicyLevelName } from './organization.ts';

/** SQS and SNS spell their actions in their own ways when they refuse. */
export function messageAction(action: string): string {
  if (/^sqs:/i.test(action)) return action.toLowerCase();
  return action.replace(/^sns:/i, 'SNS:');
}

/** `User: … is not authorized to perform: … on resource: …`, as most services begin a refusal. */
export function notAuthorized(principalArn: string, action: string, resource: string): string {
  return `User: ${principalArn} is not authorized to perform: ${messageAction(action)} on resource: ${resource}`;
}

/** The tail by which AWS says which policy refused. An explicit deny wins, then the outermost policy that is silent. */
export function denialReason(analysis: RequestAnalysis, action: string): string {
  const denying = explicitlyDenyingPolicy(analysis);
  return denying === undefined
    ? `because no ${silentPolicy(analysis)} policy allows the ${action} action`
    : `with an explicit deny in ${denying} policy`;
}

function explicitlyDenyingPolicy(analysis: RequestAnalysis): string | undefined {
  const denyingLevels =
    analysis.scpAnalysis?.ouAnalysis.filter((level) => level.result === 'ExplicitlyDenied') ?? [];
  if (denyingLevels.some((level) => level.orgIdentifier !== taskPolicyLevelName)) return 'a service control';
  const resource = analysis.resourceAnalysis?.result;
  if (resource === 'ExplicitlyDenied' || resource === 'DeniedForAccount') return 'a resource-based';
  // AWS says of a root session's task policy: "an identity-based policy".
  if (denyingLevels.length > 0) return 'an identity-based';
  if (analysis.identityAnalysis?.result === 'ExplicitlyDenied') return 'an identity-based';
  if (analysis.sessionAnalysis?.result === 'ExplicitlyDenied') return 'a session';
  return undefined;
}

function silentPolicy(analysis: RequestAnalysis): string {
  if (analysis.scpAnalysis?.result === 'ImplicitlyDenied') return 'service control';
  if (analysis.identityAnalysis?.result !== 'Allowed') return 'identity-based';
  if (analysis.sessionAnalysis?.result === 'ImplicitlyDenied') return 'session';
  return 'resource-based';
}
