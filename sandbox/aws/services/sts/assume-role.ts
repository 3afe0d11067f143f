import type { DeployedRole, PolicyDocument } from '../../../parts.ts';
import { policyFaults } from '../../authorize.ts';
import { notAuthorized } from '../../denial.ts';
import { AwsError, notModelled } from '../../errors.ts';
import type { Backstage, Call, Operation, Permission } from '../../operation.ts';
import { roleSession } from '../../principals.ts';
import { isRecord } from '../../wire/json.ts';
import {
  constraintError,
  credentialsElement,
  durationSeconds,
  required,
  stsWire,
  validationError,
} from './wire.ts';

/** AssumeRole of the stack's roles; to STS every other role looks like one that does not trust the caller. */
export function assumeRole(backstage: Backstage): Operation {
  return {
    resource: ({ input }) => String(input.RoleArn ?? ''),
    permissions(call) {
      const request = parse(call);
      const role = trustedRole(backstage, call, request.roleArn);
      const resource = {
        arn: role.arn,
        accountId: accountOf(role),
        policy: role.trustPolicy,
        policyOfStack: true,
      };
      const refusal = (message: string) => plainRefusal(call, request.roleArn, message);
      const context = {
        'sts:RoleSessionName': request.sessionName,
        ...(request.externalId !== undefined && { 'sts:ExternalId': request.externalId }),
        ...(request.sourceIdentity !== undefined && { 'sts:SourceIdentity': request.sourceIdentity }),
      };
      const permissions: Permission[] = [{ action: 'sts:AssumeRole', resource, context, refusal }];
      if (request.sourceIdentity !== undefined) {
        const identity = { 'sts:SourceIdentity': request.sourceIdentity };
        permissions.push({ action: 'sts:SetSourceIdentity', resource, context: identity, refusal });
      }
      return permissions;
    },
    async respond(call) {
      const request = parse(call);
      const role = trustedRole(backstage, call, request.roleArn);
      refuseLongSessions(call, role, request.seconds);
      const sessionPolicy = await parseSessionPolicy(request.policy);
      const principal = roleSession(backstage.deployment, {
        roleArn: role.arn,
        sessionName: request.sessionName,
        sessionPolicy,
        sourceIdentity: request.sourceIdentity ?? null,
        environmentId: call.principal.environmentId,
      });
      const credentials = backstage.keys.issue(principal, request.seconds);
      return stsWire.success('AssumeRole', {
        Credentials: credentialsElement(credentials),
        AssumedRoleUser: { AssumedRoleId: principal.userId, Arn: principal.arn },
        ...(request.policy !== undefined && {
          PackedPolicySize: Math.ceil((request.policy.length / 2048) * 100),
        }),
        ...(principal.sourceIdentity !== null && { SourceIdentity: principal.sourceIdentity }),
      });
    },
  };
}

interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly policy?: string;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
}

const modelledParameters = /^(RoleArn|RoleSessionName|DurationSeconds|Policy|ExternalId|SourceIdentity)$/;
const plainName = /^[\w+=,.@-]*$/;

function parse({ input, principal }: Call): AssumeRoleRequest {
  const other = Object.keys(input).find((name) => !modelledParameters.test(name));
  if (other !== undefined) throw notModelled(`sts:AssumeRole with ${other}`);
  const sourceIdentity = text(input.SourceIdentity);
  const policy = text(input.Policy);
  if (policy !== undefined && policy.length > 2048) {
    throw constraintError(policy, 'policy', 'have length less than or equal to 2048');
  }
  // A source identity stays for the whole chain: the next role must allow it to be set, too.
  const inherited = principal.sourceIdentity ?? undefined;
  return {
    roleArn: required(input, 'RoleArn'),
    sessionName: named(required(input, 'RoleSessionName'), 'roleSessionName'),
    seconds: durationSeconds(input, { minimum: 900, maximum: 43_200, byDefault: 3600 }),
    policy,
    externalId: text(input.ExternalId),
    sourceIdentity: sourceIdentity === undefined ? inherited : named(sourceIdentity, 'sourceIdentity'),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function named(value: string, member: string): string {
  if (value.length < 2) throw constraintError(value, member, 'have length greater than or equal to 2');
  if (value.length > 64) throw constraintError(value, member, 'have length less than or equal to 64');
  if (!plainName.test(value)) {
    throw constraintError(value, member, 'satisfy regular expression pattern: [\\w+=,.@-]*');
  }
  return value;
}

/** The role, unless it is unknown or the caller tries to exchange its source identity: the same refusal for both. */
function trustedRole({ deployment }: Backstage, call: Call, roleArn: string): DeployedRole {
  const role = deployment.roles.find((one) => one.arn === roleArn);
  const had = call.principal.sourceIdentity;
  const asked = call.input.SourceIdentity;
  const exchanges = had !== null && asked !== undefined && asked !== had;
  if (role === undefined || exchanges || call.principal.type === 'Account') throw plainRefusal(call, roleArn);
  return role;
}

/** STS keeps the reason of a refused AssumeRole to itself, but for a service control policy. */
function plainRefusal({ principal }: Call, roleArn: string, message = ''): AwsError {
  const reason = / with an explicit deny in a service control policy$/.exec(message)?.[0] ?? '';
  return new AwsError(403, 'AccessDenied', notAuthorized(principal.arn, 'sts:AssumeRole', roleArn) + reason);
}

function refuseLongSessions(call: Call, role: DeployedRole, seconds: number): void {
  if (call.principal.type === 'AssumedRole' && seconds > 3600) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > role.maxSessionSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}

async function parseSessionPolicy(policy: string | undefined): Promise<PolicyDocument | null> {
  if (policy === undefined) return null;
  const malformed = (why: string) => new AwsError(400, 'MalformedPolicyDocument', why);
  let document: unknown;
  try {
    document = JSON.parse(policy);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (!isPolicy(document)) throw malformed('Syntax errors in policy.');
  const faults = await policyFaults('session', document);
  if (faults.length > 0) throw malformed(`Syntax errors in policy. (${faults.join('; ')})`);
  return document;
}

function isPolicy(document: unknown): document is PolicyDocument {
  return isRecord(document) && 'Statement' in document;
}

function accountOf(role: DeployedRole): string {
  return role.arn.split(':')[4] ?? '';
}
