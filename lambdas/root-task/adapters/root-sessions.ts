import { AssumeRoleCommand, AssumeRootCommand, type Credentials, STSClient } from '@aws-sdk/client-sts';
import { AdaptiveRetryStrategy } from '@smithy/core/retry';
import { shortHash } from '../../../contract/request-id.ts';
import { accountOf } from '../../../contract/target.ts';
import type { SessionRecord } from '../../../contract/trail-entry.ts';
import { clientDefaults } from '../../aws-clients.ts';
import { isAccessDenied, messageOfError, nameOfError } from '../../aws-errors.ts';
import type { TargetedRequest } from '../steps/authorize.ts';
import type { ClaimedRequest } from '../steps/claim.ts';
import { SealedCredentials } from './root-credentials.ts';
import { SessionClients } from './session-clients.ts';

/** Seconds a root session lasts: just longer than a lane's function may run (55 s). AssumeRoot takes 0 to 900. */
const rootSessionSeconds = 60;
/** The least that AssumeRole takes. */
const taskRoleSeconds = 900;

/**
 * How often AssumeRoot may be called AWS does not publish, and all lanes share it. So the clients of an execution
 * environment share what they learn: once throttled, all of them slow down together.
 */
const retryStrategy = new AdaptiveRetryStrategy(async () => 5);

/** AWS would not open the session; whether that is for good is for the caller to judge. */
export interface SessionDenied {
  readonly kind: 'denied';
  readonly hop: 'task-role' | 'root';
  readonly errorName: string;
  readonly message: string;
}

/** The first hop: the lane's task role, narrowed to the approved account, with the ticket as its source identity. */
export interface TaskRole {
  readonly kind: 'task-role';
  readonly credentials: SealedCredentials;
  readonly sourceIdentity: string;
  readonly sessionName: string;
}

/** A root session of one account under one task policy. */
export interface RootSession {
  readonly kind: 'root-session';
  readonly accountId: string;
  readonly credentials: SealedCredentials;
  readonly clients: SessionClients;
  readonly record: SessionRecord;
}

export interface RootSessionOptions {
  readonly region: string;
  readonly partition: string;
  readonly taskRoleArn: string;
  readonly taskPolicyArn: string;
}

/** Ticket id in the character set of a source identity, at most 40 of it, a dot, and 16 hex digits of the request. */
export function sourceIdentityOf(ticketId: string, requestId: string): string {
  return `${ticketId.replace(/[^\w+=,.@-]/g, '-').slice(0, 40)}.${shortHash(requestId)}`;
}

/** Opens root sessions, in two hops: the one place in the product that calls AssumeRoot. */
export class RootSessions {
  readonly #options: RootSessionOptions;
  readonly #sts: STSClient;

  constructor(options: RootSessionOptions) {
    this.#options = options;
    this.#sts = new STSClient({ ...clientDefaults, retryStrategy, region: options.region });
  }

  /** Takes on the lane's task role, for this request and its one account only. It opens nothing by itself. */
  async assumeTaskRole({ requestId, target, ticket }: TargetedRequest): Promise<TaskRole | SessionDenied> {
    const { partition, taskPolicyArn, taskRoleArn } = this.#options;
    const sessionName = `rd-${shortHash(requestId)}`;
    const sourceIdentity = sourceIdentityOf(ticket.ticket.id, requestId);
    const sessionPolicy = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRoot',
        Resource: `arn:${partition}:iam::${accountOf(target)}:root`,
        Condition: { ArnEquals: { 'sts:TaskPolicyArn': taskPolicyArn } },
      },
    };
    return orDenied('task-role', async () => {
      const { Credentials } = await this.#sts.send(
        new AssumeRoleCommand({
          RoleArn: taskRoleArn,
          RoleSessionName: sessionName,
          SourceIdentity: sourceIdentity,
          Policy: JSON.stringify(sessionPolicy),
          DurationSeconds: taskRoleSeconds,
        }),
      );
      return { kind: 'task-role' as const, credentials: seal(Credentials), sourceIdentity, sessionName };
    });
  }

  /** Opens the root session for a claimed request. Regional endpoint: the global one does not know AssumeRoot. */
  async assumeRoot(role: TaskRole, { request }: ClaimedRequest): Promise<RootSession | SessionDenied> {
    const { region, taskPolicyArn } = this.#options;
    const accountId = accountOf(request.target);
    const sts = new STSClient({
      ...clientDefaults,
      retryStrategy,
      region,
      credentials: role.credentials.provider,
    });
    const opened = orDenied('root', async () => {
      const { Credentials } = await sts.send(
        new AssumeRootCommand({
          TargetPrincipal: accountId,
          TaskPolicyArn: { arn: taskPolicyArn },
          DurationSeconds: rootSessionSeconds,
        }),
      );
      const credentials = seal(Credentials);
      const record = {
        accessKeyId: credentials.accessKeyId,
        taskPolicy: taskPolicyArn,
        expiresAt: credentials.expiration.toISOString(),
        sourceIdentity: role.sourceIdentity,
        sessionName: role.sessionName,
      };
      const clients = new SessionClients();
      return { kind: 'root-session' as const, accountId, credentials, clients, record };
    });
    return opened.finally(() => sts.destroy());
  }
}

/** A denial is an answer; everything else is an exception, to be tried again. */
async function orDenied<T>(hop: SessionDenied['hop'], open: () => Promise<T>): Promise<T | SessionDenied> {
  try {
    return await open();
  } catch (error) {
    const errorName = nameOfError(error);
    if (!isAccessDenied(error) && errorName !== 'RegionDisabledException') throw error;
    return { kind: 'denied', hop, errorName, message: messageOfError(error) };
  }
}

function seal(credentials: Credentials | undefined): SealedCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
    throw new Error('STS answered no credentials');
  return new SealedCredentials({
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  });
}
