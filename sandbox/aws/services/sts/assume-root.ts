import { notAuthorized } from '../../denial.ts';
import { AwsError } from '../../errors.ts';
import type { Backstage, Call, Operation } from '../../operation.ts';
import { findAccount, isMember, mayManageRoot } from '../../organization.ts';
import { rootSession } from '../../principals.ts';
import { findTaskPolicy, type TaskPolicy } from '../../task-policies.ts';
import {
  constraintError,
  credentialsElement,
  durationSeconds,
  required,
  stsWire,
  validationError,
} from './wire.ts';

const featureNames = {
  RootSessions: 'Root sessions',
  RootCredentialsManagement: 'Root credentials management',
} as const;

/** AssumeRoot: what AWS was seen to answer, in every case. */
export function assumeRoot(backstage: Backstage): Operation {
  const { organization, keys } = backstage;
  return {
    resource: ({ input }) =>
      rootArn(String(input.TargetPrincipal ?? '').replace(/^arn:.*::(\d{12}):.*$/, '$1')),
    permissions(call) {
      const { accountId, taskPolicy } = parse(call);
      return [
        {
          action: 'sts:AssumeRoot',
          // The target's root user trusts the delegated administrator's account: the caller's policies decide.
          resource: {
            arn: rootArn(accountId),
            accountId,
            policy: trustOf(call.principal.accountId),
            policyOfStack: true,
          },
          context: { 'sts:TaskPolicyArn': taskPolicy.arn },
          refusal: () => notAuthorizedFor(call, accountId),
        },
      ];
    },
    respond(call) {
      const { accountId, taskPolicy, seconds } = parse(call);
      // One text for all of these: AWS does not say which it was.
      const isActiveMember =
        isMember(organization, accountId) &&
        (findAccount(organization, accountId)?.state ?? 'ACTIVE') === 'ACTIVE';
      if (
        !isActiveMember ||
        !mayManageRoot(organization, call.principal.accountId) ||
        call.principal.type === 'Account'
      ) {
        throw notAuthorizedFor(call, accountId);
      }
      if (!organization.trustedAccess) {
        throw new AwsError(403, 'AccessDenied', 'Service not enabled for AWS Organizations.');
      }
      if (!organization.features.includes(taskPolicy.feature)) {
        const feature = featureNames[taskPolicy.feature];
        throw new AwsError(
          403,
          'AccessDenied',
          `${feature} feature is not enabled for your AWS Organization.`,
        );
      }
      const principal = rootSession(accountId, taskPolicy, call.principal);
      return stsWire.success('AssumeRoot', {
        Credentials: credentialsElement(keys.issue(principal, seconds)),
        ...(principal.sourceIdentity !== null && { SourceIdentity: principal.sourceIdentity }),
      });
    },
  };
}

function parse({ input }: Call): { accountId: string; taskPolicy: TaskPolicy; seconds: number } {
  const target = required(input, 'TargetPrincipal');
  if (target.length < 12)
    throw constraintError(target, 'targetPrincipal', 'have length greater than or equal to 12');
  const taskPolicyArn = required(input, 'TaskPolicyArn.arn');
  const seconds = durationSeconds(input, { minimum: 0, maximum: 900, byDefault: 900 });
  const accountId = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(target)?.[1];
  if (accountId === undefined || ![accountId, rootArn(accountId)].includes(target)) {
    throw validationError('Request must contain a valid target principal');
  }
  const taskPolicy = findTaskPolicy(taskPolicyArn);
  if (taskPolicy === undefined)
    throw validationError('Request must contain valid AWS managed task policy ARN');
  return { accountId, taskPolicy, seconds };
}

function trustOf(accountId: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRoot', Resource: '*' }],
  };
}

function notAuthorizedFor({ principal }: Call, accountId: string): AwsError {
  return new AwsError(
    403,
    'AccessDenied',
    notAuthorized(principal.arn, 'sts:AssumeRoot', rootArn(accountId)),
  );
}

function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}
