import {
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';
import { milliseconds } from '../../../contract/duration.ts';
import { sameApproval } from '../../../contract/same-approval.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { Receipt } from '../receipt.ts';
import type { AuthorizedRequest } from '../steps/authorize.ts';

/** The request is being worked on, or was ended, under another detail than the one delivered now. */
export class OtherDetailError extends Error {
  override readonly name = 'OtherDetailError';
}

const daySeconds = 86_400;

/** The lock remembers a request for longer than its approval may live; the trail remembers it for ever. In seconds. */
export function lockSeconds(settings: Settings): number {
  return milliseconds(settings.approvalMaxAge) / 1000 + daySeconds;
}

type Delivery = { readonly requestId: string; readonly detail: unknown };

/**
 * One delivery of a request at a time, and the recorded answer for the deliveries that follow (Powertools idempotency).
 * The lock lapses with the run that took it. It is a lock, not the record: what was done is the trail's to say.
 */
export class DeliveryLock {
  readonly #store: DynamoDBPersistenceLayer;
  readonly #config: IdempotencyConfig;

  constructor(client: DynamoDBClient, table: string, expiresAfterSeconds: number) {
    this.#store = new DynamoDBPersistenceLayer({ tableName: table, awsSdkV3Client: client });
    this.#config = new IdempotencyConfig({
      eventKeyJmesPath: 'requestId',
      payloadValidationJmesPath: 'detail',
      throwOnNoIdempotencyKey: true,
      hashFunction: 'sha256',
      expiresAfterSeconds,
    });
    // Powertools works without a lock when its environment variable says so; this function does not.
    if (!this.#config.isEnabled())
      throw new Error('POWERTOOLS_IDEMPOTENCY_DISABLED is set: refusing to work unlocked');
  }

  /**
   * The lock lapses when the invocation does: its context tells how long that is. Powertools takes "no time left" for
   * "not known" and writes a lock that lapses after days only: there is always a millisecond.
   * Source: @aws-lambda-powertools/idempotency 2.35, BasePersistenceLayer.saveInProgress.
   */
  registerInvocation(context: Context): void {
    const getRemainingTimeInMillis = () => Math.max(1, context.getRemainingTimeInMillis());
    this.#config.registerLambdaContext(
      Object.create(context, { getRemainingTimeInMillis: { value: getRemainingTimeInMillis } }),
    );
  }

  /**
   * Runs under the request's lock. Throws while another run holds it, and an OtherDetailError when the lock's record
   * is of another detail; an exception of the run itself gives the lock back and goes on.
   */
  async holding(request: AuthorizedRequest, run: () => Promise<Receipt>): Promise<Receipt> {
    const underLock = makeIdempotent(async (_: Delivery): Promise<Receipt> => run(), {
      persistenceStore: this.#store,
      config: this.#config,
      keyPrefix: 'request',
      dataIndexArgument: 0,
    });
    try {
      return await underLock({ requestId: request.requestId, detail: sameApproval(request.ticket) });
    } catch (error) {
      if (error instanceof IdempotencyValidationError)
        throw new OtherDetailError(error.message, { cause: error });
      throw error;
    }
  }
}
